---------------------------- MODULE MCWaiterRing ----------------------------
(* The situations in which WaiterRing is checked; a configuration names one. *)
EXTENDS WaiterRing

\* One is sealed while two come.
SealOne == [a |-> <<"wait">>, b |-> <<"wait">>, w |-> <<"win", "seal", "win">>]

\* Two come, one after the other or at once, and one looks.
Order == [a |-> <<"wait">>, b |-> <<"wait">>, w |-> <<"find", "win">>]

\* More waits than cells.
Laps == [a |-> <<"wait", "wait">>, w |-> <<"find", "find">>, v |-> <<"find">>]

\* A select keeps its place, or loses it to a scan and to the next.
Kept == [a |-> <<"loop">>, w |-> <<"win", "find">>]
Loop == [a |-> <<"loop">>, b |-> <<"wait">>, w |-> <<"win">>]
=============================================================================
