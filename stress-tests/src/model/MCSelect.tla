------------------------------ MODULE MCSelect ------------------------------
(* The situations in which Select is checked; a configuration names one. *)
EXTENDS Select

S(c) == <<c, "send">>
R(c) == <<c, "recv">>

\* Two selects that face each other.
Facing == [s1 |-> <<<<S(1), R(2)>>>>, s2 |-> <<<<R(1), S(2)>>>>]

\* The same, and plain operations.
FacingPlain == [s1 |-> <<<<S(1), R(2)>>>>, s2 |-> <<<<R(1), S(2)>>>>,
                p1 |-> <<<<R(1)>>, <<S(1)>>>>]

\* Three in a circle: two meet, and one is left.
Circle == [s1 |-> <<<<R(1), S(2)>>>>, s2 |-> <<<<R(2), S(3)>>>>, s3 |-> <<<<S(1), R(3)>>>>]

\* Both ends of one channel in one select.
Twins == [s1 |-> <<<<S(1), R(1)>>>>, s2 |-> <<<<S(1), R(1)>>>>]

TwinsCrossed == [s1 |-> <<<<S(1), R(1)>>>>, s2 |-> <<<<R(1), S(1)>>>>]

\* Loops that face each other.
Loops == [s1 |-> <<<<S(1), R(2)>>, <<S(1), R(2)>>>>, s2 |-> <<<<R(1), S(2)>>, <<R(1), S(2)>>>>]

\* A loop whose place on channel 1 is dormant after its first round, where p2 comes meanwhile.
Loop == [s1 |-> <<<<S(1), R(2)>>, <<S(1), R(2)>>>>, p1 |-> <<<<S(2)>>>>, p2 |-> <<<<R(1)>>>>]

\* A loop that is interrupted, whose places stay behind.
LoopCancel == [s1 |-> <<<<R(1), S(2)>>, <<R(1), S(2)>>>>, p1 |-> <<<<S(1)>>>>, p2 |-> <<<<R(2)>>>>]

C(c) == <<c, "close">>

\* Loops on a channel that is closed meanwhile; they may find that out twice.
LoopClose == [s1 |-> <<<<R(1), R(2)>>, <<R(1), R(2)>>>>, p1 |-> <<<<S(2)>>>>, c |-> <<<<C(1)>>>>]
SendClose == [s1 |-> <<<<S(1), R(2)>>, <<S(1), R(2)>>>>, p1 |-> <<<<S(2)>>>>, c |-> <<<<C(1)>>>>]
FacingClose == [s1 |-> <<<<S(1), R(2)>>>>, s2 |-> <<<<R(1), S(2)>>>>, c |-> <<<<C(1)>>>>]

\* A loop that closes a channel on which it stands.
OwnClose == [s1 |-> <<<<R(1), R(2)>>, <<C(1)>>, <<R(1), R(2)>>>>, p1 |-> <<<<S(2)>>, <<S(1)>>>>]

\* p1 may find out that a channel is closed where s1 stands, before the one who closes has told anybody.
LateClose == [s1 |-> <<<<R(1), R(2)>>, <<R(1), R(2)>>>>, p1 |-> <<<<S(2)>>, <<S(1)>>>>, c |-> <<<<C(1)>>>>]

\* A peer who has seen a line of waiters comes late.
LineClose == [s1 |-> <<<<R(1), R(2)>>>>, r1 |-> <<<<R(1)>>>>, p1 |-> <<<<S(1)>>>>, c |-> <<<<C(1)>>>>]
=============================================================================
