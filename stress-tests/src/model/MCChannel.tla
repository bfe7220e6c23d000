----------------------------- MODULE MCChannel ------------------------------
(* The situations in which Channel is checked; a configuration names one. *)
EXTENDS Channel

Pair == [s1 |-> <<"send">>, r1 |-> <<"recv">>]
PairClose == [s1 |-> <<"send">>, r1 |-> <<"recv">>, c |-> <<"close">>]
TwoOne == [s1 |-> <<"send">>, s2 |-> <<"send">>, r1 |-> <<"recv", "recv">>]
OneTwo == [s1 |-> <<"send", "send">>, r1 |-> <<"recv">>, r2 |-> <<"recv">>]
TwoTry == [s1 |-> <<"send">>, s2 |-> <<"trysend">>, r1 |-> <<"recv">>, r2 |-> <<"tryrecv">>]
TwoOneClose == [s1 |-> <<"send">>, s2 |-> <<"send">>, r1 |-> <<"recv">>, c |-> <<"close">>]
OneTwoClose == [s1 |-> <<"send">>, r1 |-> <<"recv">>, r2 |-> <<"recv">>, c |-> <<"close">>]
\* From a full buffer on, with senders waiting.
Waiting0 == <<>>
Waiting1 == <<"s1">>
Waiting2 == <<"s1", "s2">>
Admit1 == [s1 |-> <<"send">>, r1 |-> <<"recv">>, r2 |-> <<"recv", "recv">>, c |-> <<"close">>]
Admit2 == [s1 |-> <<"send">>, s2 |-> <<"send">>, r1 |-> <<"recv">>, r2 |-> <<"recv">>,
           c |-> <<"close">>]
\* Capacity 0: two receivers, or one, come to a line of two senders.
LateOne == [s1 |-> <<"send">>, s2 |-> <<"send">>, r1 |-> <<"recv">>, c |-> <<"close">>]
LateTwo == [s1 |-> <<"send">>, s2 |-> <<"send">>, r1 |-> <<"recv">>, r2 |-> <<"recv">>,
            c |-> <<"close">>]
\* r1 waits at an empty buffer. s1 may come late, when s2 has served r1, filled the buffer and waits.
LateValues == [r1 |-> <<"recv">>, r2 |-> <<"recv">>, s1 |-> <<"trysend">>,
               s2 |-> <<"trysend", "trysend", "send">>, c |-> <<"close">>]
WaitingR == <<"r1">>
\* r2's send may have panicked, so that its receive begins when the close is known.
CloseKnown == [s1 |-> <<"send">>, r1 |-> <<"recv">>, r2 |-> <<"trysend", "recv">>,
               c |-> <<"close">>]
=============================================================================
