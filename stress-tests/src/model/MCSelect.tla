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
=============================================================================
