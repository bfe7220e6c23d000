------------------------------- MODULE Select -------------------------------
(***************************************************************************)
(* Selects that meet over unbuffered channels, which may be closed.        *)
(*                                                                         *)
(* The code: Selector, SelectCase, LoopClaim, Waiter, Claim and Parker,    *)
(* and of UnbufferedChannel and GatedChannel what a select calls.  Each    *)
(* action is one access to memory that others see; the comment at the      *)
(* action names the method, and the code names the action ("Model:").  A   *)
(* plain send or receive is a select of one case that keeps no place:      *)
(* GatedChannel.awaitPoll and awaitOffer take the same steps; so is a      *)
(* close, but for its steps.  (The front waiter and buffers: see Channel.) *)
(*                                                                         *)
(* A claim has the phases of Claim.  Of a place only what a scan can tell  *)
(* apart is kept:                                                          *)
(*                                                                         *)
(*   none      not in the list: never lent, given back, or buried          *)
(*   reserved  RESERVED: in the list, pending                              *)
(*   armed     LENT: live if its claim is open, else dormant               *)
(*                                                                         *)
(* So a place whose claim was won is marked SERVED by burying it, also     *)
(* where the code only sets the mark.                                      *)
(*                                                                         *)
(* A scan buries the dormant places that it passes, one after the other    *)
(* and step by step.  But for that it is one action: that it finds what    *)
(* was there at one instant is what WaiterRing shows.                      *)
(*                                                                         *)
(* The gate's version is not a number here.  Flags are set only together   *)
(* with a new version, so an equal gate is one that has not changed at all *)
(* since it was read.  That is what fresh says, and the CAS asks for it.   *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Threads,  \* all of them
  Channels, \* numbers; their order is the order of GatedChannel.order()
  Prog,     \* Prog[t][r]: the cases of t in round r, in the order of their channels; a case is
            \* <<channel, "send" or "recv">>; <<channel, "close">>, alone, is no select
  Keeps,    \* those whose places stay in the lists between rounds (SelectLoop)
  Impatient, \* those who may be interrupted while they wait
  Waiting,  \* those who have enqueued and parked at the start, in any order
  NewValue, \* whether a send case has another value in every round
  Bug       \* a planted mistake, or "none"

VARIABLES
  gate,   \* gate[c]: the set of its flags: "send", "recv", "closed"
  list,   \* list[c, d]: the places in order, a place being <<thread, number of its case>>
  place,  \* place[t, i]
  value,  \* value[t, i]: in which round the value in the place was written
  phase,  \* the claim of t
  permit, \* LockSupport's
  pc,     \* the next action of t
  round,
  polled, \* the cases that this poll has found not ready
  i,      \* the case that t is about
  winner, \* winner[t]: which case of t was won, after DONE
  snap,   \* [flags, fresh]: the gate of case i as t read it
  won,    \* the place that t has won and not completed
  touched, \* LoopClaim.touched: whose places may have been buried
  stand,  \* the cases of t that stand
  look,   \* the dormant place that t is about to bury; whether its claim and it are as t read them
  sent, received, \* how many exchanges each thread has had on each side, by what it was told
  releasing, \* the channels on which GatedChannel.releasing is set
  served,    \* the places marked SERVED
  seen,      \* the places that t has looked at, as a close does to mark them
  result,    \* result[t]: "value" or "closed", after DONE
  ret,       \* where t goes on when it has unparked somebody; "" if its operation has ended
  known,     \* the channels of which somebody has been told that they are closed
  knew,      \* knew[t]: known, when this round of t began
  ahead,     \* ahead[p]: the places that had enqueued on this side of the channel when p did
  fate       \* fate[p]: how it ended, if by this place: "value" or "closed"

touch == <<touched, stand, look>>
inLine == <<ahead, fate>>
cl == <<releasing, served, seen, result, ret, known, knew, inLine>>
vars == <<gate, list, place, value, phase, permit, pc, round, polled, i, winner, snap, won,
          sent, received, touch, cl>>
-----------------------------------------------------------------------------
Dirs == {"send", "recv"}
Other(d) == IF d = "send" THEN "recv" ELSE "send"
None == <<>>
NoSnap == [flags |-> {}, fresh |-> FALSE]
NoLook == [p |-> None, c |-> 0, opening |-> FALSE, claim |-> FALSE, place |-> FALSE, mark |-> FALSE, back |-> ""]

Case(t, r, k) == Prog[t][r][k]
Cases(t) == 1 .. Len(Prog[t][round[t]])
Chan(t) == Case(t, round[t], i[t])[1]
Dir(t) == Case(t, round[t], i[t])[2]
MaxCases == 2
\* A place that stands is of a case that its thread has in every round, but for rounds of a close.
Standing(t, k) == Prog[t][1][k]

\* The channels that somebody closes.
Closable == {c \in Channels : \E t \in Threads : \E r \in 1 .. Len(Prog[t]) : Case(t, r, 1) = <<c, "close">>}
Begins == IF Closable = {} THEN "take" ELSE "begin"
IsClosed(c) == "closed" \in gate[c]

Done(t) == pc[t] = "done"
IsOpen(t) == phase[t] \in {"OPEN", "PARKED"}
IsLive(p) == place[p] = "armed" /\ IsOpen(p[1])
IsDormant(p) == place[p] = "armed" /\ ~IsOpen(p[1])

\* Selector.dequeue and "hasTwins": a select with one channel in two cases keeps nothing.
HasTwins(t, r) ==
  \E j, k \in 1 .. Len(Prog[t][r]) : j # k /\ Case(t, r, j)[1] = Case(t, r, k)[1]
KeepsAt(t, r) == t \in Keeps /\ ~HasTwins(t, r)
KeepsNow(t) == KeepsAt(t, round[t])

Without(seq, gone) == SelectSeq(seq, LAMBDA p : p \notin gone)

\* The orders in which those may have come that wait at the start.
Orders == {f \in [1 .. Cardinality(Waiting) -> Waiting] : \A m, n \in DOMAIN f : m # n => f[m] # f[n]}
RECURSIVE Line(_, _, _)
Line(f, n, c) ==
  IF n > Len(f) THEN <<>>
  ELSE SelectSeq(<<<<f[n], 1>>, <<f[n], 2>>>>, LAMBDA p : p[2] <= Len(Prog[p[1]][1]) /\ Case(p[1], 1, p[2]) = c)
       \o Line(f, n + 1, c)
Inside(seq) == {seq[n] : n \in 1 .. Len(seq)}
RECURSIVE Before(_, _)
Before(seq, p) == IF seq = <<>> \/ Head(seq) = p THEN {} ELSE {Head(seq)} \cup Before(Tail(seq), p)

Init ==
  /\ \E f \in Orders : list = [cd \in Channels \X Dirs |-> Line(f, 1, cd)]
  /\ gate = [c \in Channels |-> {d \in Dirs : list[<<c, d>>] # <<>>}]
  /\ place = [p \in Threads \X (1 .. MaxCases) |->
                IF \E cd \in DOMAIN list : p \in Inside(list[cd]) THEN "armed" ELSE "none"]
  /\ value = [p \in Threads \X (1 .. MaxCases) |-> IF p[1] \in Waiting THEN 1 ELSE 0]
  /\ phase = [t \in Threads |-> IF t \in Waiting THEN "PARKED" ELSE "ABANDONED"]
  /\ permit = [t \in Threads |-> FALSE]
  /\ pc = [t \in Threads |-> IF t \in Waiting THEN "park" ELSE Begins]
  /\ touched = [t \in Threads |-> {}]
  /\ stand = [t \in Threads |-> IF t \in Waiting /\ KeepsAt(t, 1) THEN 1 .. Len(Prog[t][1]) ELSE {}]
  /\ look = [t \in Threads |-> NoLook]
  /\ round = [t \in Threads |-> 1]
  /\ polled = [t \in Threads |-> {}]
  /\ i = [t \in Threads |-> IF t \in Waiting THEN 0 ELSE 1]
  /\ winner = [t \in Threads |-> 0]
  /\ snap = [t \in Threads |-> NoSnap]
  /\ won = [t \in Threads |-> None]
  /\ sent = [t \in Threads |-> 0]
  /\ received = [t \in Threads |-> 0]
  /\ releasing = {}
  /\ served = {}
  /\ seen = [t \in Threads |-> {}]
  /\ result = [t \in Threads |-> ""]
  /\ ret = [t \in Threads |-> ""]
  /\ known = {}
  /\ knew = [t \in Threads |-> {}]
  /\ ahead = [p \in DOMAIN place |-> UNION {Before(list[cd], p) : cd \in {x \in DOMAIN list : p \in Inside(list[x])}}]
  /\ fate = [p \in DOMAIN place |-> ""]
-----------------------------------------------------------------------------
(* Parts of actions. *)

Go(t, label) == pc' = [pc EXCEPT ![t] = label]

\* t read the gate of case k.
ReadGate(t, k) ==
  snap' = [snap EXCEPT ![t] = [flags |-> gate[Case(t, round[t], k)[1]], fresh |-> TRUE]]

\* A change of c's gate by t: from now on nobody's snapshot of it is fresh.
ChangeGate(t, c, flags) ==
  /\ gate' = [gate EXCEPT ![c] = flags]
  /\ snap' = [u \in Threads |->
                IF u = t THEN NoSnap
                ELSE IF snap[u].fresh /\ Chan(u) = c THEN [snap[u] EXCEPT !.fresh = FALSE]
                ELSE snap[u]]

\* WaiterRing.find: those dead in front are buried, which is for good.  What is found is the first
\* live place that is not of "but"; pending ones are passed over.
RECURSIVE FirstLive(_, _)
FirstLive(seq, but) ==
  IF seq = <<>> THEN None
  ELSE IF IsLive(Head(seq)) /\ Head(seq)[1] # but THEN Head(seq)
  ELSE FirstLive(Tail(seq), but)

RECURSIVE FirstParked(_)
FirstParked(seq) ==
  IF seq = <<>> THEN None
  ELSE IF IsLive(Head(seq)) /\ phase[Head(seq)[1]] = "PARKED" THEN Head(seq)
  ELSE FirstParked(Tail(seq))

\* ListedChannel.isAnyParked, isStillToLook
AnyParked(cd, flags) == {"send", "recv"} \subseteq flags /\ FirstParked(list[cd]) # None
StillToLook(c, d, flags) ==
  /\ AnyParked(<<c, Other(d)>>, flags)
  /\ FirstParked(list[<<c, d>>]) = None
  /\ FirstLive(list[<<c, d>>], "nobody") # None

\* The dormant places that a scan passes which finds this one.
Passed(cd, found) ==
  IF Bug = "scan leaves the dormant" \/ (Bug = "close leaves the dormant" /\ cd[1] \in releasing)
  THEN {}
  ELSE {p \in Before(list[cd], found) : IsDormant(p)}
FirstOf(seq, ps) == seq[CHOOSE n \in 1 .. Len(seq) : seq[n] \in ps /\ \A m \in 1 .. n - 1 : seq[m] \notin ps]

\* Whether the owner of an armed place has come past its enqueue.
HasEnqueued(p) == p[2] \in stand[p[1]] \/ i[p[1]] = 0 \/ i[p[1]] > p[2]

\* Where the claims of us change, and the states of the places ps: what others read of them is old.
Changed(us, ps) ==
  look' = [t \in Threads |->
             [look[t] EXCEPT !.claim = @ /\ look[t].p[1] \notin us, !.place = @ /\ look[t].p \notin ps]]
\* t read that p is dormant, and goes on to bury it.
Look(t, p, c) ==
  /\ look' = [look EXCEPT ![t] = [p |-> p, c |-> c, mark |-> FALSE, opening |-> phase[p[1]] = "OPENING",
                                 claim |-> TRUE, place |-> TRUE, back |-> pc[t]]]
  /\ Go(t, "touch")

\* SelectCase.leave for a set of cases of t.
Leave(t, ks) ==
  LET gone == {<<t, k>> : k \in ks}
  IN /\ list' = [cd \in DOMAIN list |-> Without(list[cd], gone)]
     /\ place' = [p \in DOMAIN place |-> IF p \in gone THEN "none" ELSE place[p]]

Count(t, d) ==
  IF d = "send"
  THEN sent' = [sent EXCEPT ![t] = @ + 1] /\ UNCHANGED received
  ELSE received' = [received EXCEPT ![t] = @ + 1] /\ UNCHANGED sent

NextRound(t) ==
  /\ polled' = [polled EXCEPT ![t] = {}]
  /\ i' = [i EXCEPT ![t] = 1]
  /\ IF round[t] = Len(Prog[t])
     THEN Go(t, "done") /\ UNCHANGED round
     ELSE Go(t, Begins) /\ round' = [round EXCEPT ![t] = @ + 1]

PollAgain(t) ==
  /\ polled' = [polled EXCEPT ![t] = {}]
  /\ i' = [i EXCEPT ![t] = 1]
  /\ Go(t, "take")

\* Before a round SendCase.value has given up the places that hold another value.
Stale(t) == {k \in Cases(t) : NewValue /\ Case(t, round[t], k)[2] = "send" /\ place[<<t, k>>] # "none"
                                /\ value[<<t, k>>] # round[t]}
-----------------------------------------------------------------------------
(* poll: invisible to peers *)

\* An operation begins. Whoever was told by then that a channel is closed was told before it.
Begin(t) ==
  /\ pc[t] = "begin"
  /\ knew' = [knew EXCEPT ![t] = known]
  /\ Go(t, IF Dir(t) = "close" THEN "close" ELSE "take")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touch, releasing, served, seen, result, ret, known, inLine>>

\* Selector.loosenTouched: those that have been touched are loose, and give their places back. Those
\* that stand are not polled.
TakeTouched(t) ==
  /\ pc[t] = "take"
  /\ LET gone == Stale(t) \cup (touched[t] \cap Cases(t))
         left == stand[t] \ gone
     IN /\ Leave(t, gone)
        /\ Changed({}, {<<t, k>> : k \in gone})
        /\ stand' = [stand EXCEPT ![t] = left]
        /\ touched' = [touched EXCEPT ![t] = {}]
        /\ polled' = [polled EXCEPT ![t] = left]
        /\ Go(t, IF left = Cases(t) THEN "open" ELSE "poll")
  /\ UNCHANGED <<gate, value, phase, permit, round, i, winner, snap, won, sent, received, cl>>

\* Selector.poll; UnbufferedChannel.poll and offer: the gate.
Poll(t) ==
  /\ pc[t] = "poll"
  /\ \E k \in Cases(t) \ polled[t] :
       /\ i' = [i EXCEPT ![t] = k]
       /\ IF IsClosed(Case(t, round[t], k)[1])
          THEN Go(t, "help") /\ snap' = [snap EXCEPT ![t] = NoSnap] /\ UNCHANGED polled
          ELSE IF LET c == Case(t, round[t], k)[1]
                 d == Other(Case(t, round[t], k)[2])
             IN d \in gate[c] /\ ~StillToLook(c, d, gate[c])
          THEN ReadGate(t, k) /\ Go(t, "winFirst") /\ UNCHANGED polled
          ELSE /\ polled' = [polled EXCEPT ![t] = @ \cup {k}]
               /\ snap' = [snap EXCEPT ![t] = NoSnap]
               /\ Go(t, IF polled'[t] = Cases(t) THEN "open" ELSE "poll")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, winner, won, sent,
                 received, touch, cl>>

\* ListedChannel.winReceiver, winSender
WinFirst(t) ==
  /\ pc[t] = "winFirst"
  /\ LET cd == <<Chan(t), Other(Dir(t))>>
         parked == IF AnyParked(<<cd[1], Dir(t)>>, snap[t].flags) THEN FirstParked(list[cd]) ELSE None
         p == IF parked # None THEN parked ELSE FirstLive(list[cd], "nobody")
     IN IF Passed(cd, p) # {}
        THEN /\ Look(t, FirstOf(list[cd], Passed(cd, p)), cd[1])
             /\ UNCHANGED <<phase, won, snap>>
        ELSE IF p = None
        THEN Go(t, "clear") /\ UNCHANGED <<phase, won, snap, look>>
        ELSE /\ phase' = [phase EXCEPT ![p[1]] = IF @ = "OPEN" THEN "WON" ELSE "WON_PARKED"]
             /\ Changed({p[1]}, {})
             /\ won' = [won EXCEPT ![t] = p]
             /\ snap' = [snap EXCEPT ![t] = NoSnap]
             /\ Go(t, IF Chan(t) \in Closable THEN "late" ELSE "complete")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, sent, received,
                 touched, stand, cl>>

\* Waiter.lookAtClaim, LoopClaim.touch: the claim was not open. Tells its owner; looks at it again, or
\* makes the owner begin again to open it; buries.
Touch(t) ==
  /\ pc[t] = "touch"
  /\ LET p == look[t].p
     IN touched' = IF p[1] \in Keeps /\ Bug # "buries without a touch"
                   THEN [touched EXCEPT ![p[1]] = @ \cup {p[2]}] ELSE touched
  /\ Go(t, IF Bug = "does not look again" THEN "bury"
           ELSE IF look[t].opening THEN "knockBack" ELSE "touched")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won,
                 sent, received, stand, look, cl>>

KnockBack(t) ==
  /\ pc[t] = "knockBack"
  /\ LET u == look[t].p[1]
     IN IF look[t].claim
        THEN /\ phase' = [phase EXCEPT ![u] = "ABANDONED"]
             /\ look' = [x \in Threads |-> IF x = t THEN NoLook
                                            ELSE [look[x] EXCEPT !.claim = @ /\ look[x].p[1] # u]]
        ELSE look' = [look EXCEPT ![t] = NoLook] /\ UNCHANGED phase
  /\ Go(t, look[t].back)
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, snap, won,
                 sent, received, touched, stand, cl>>

Touched(t) ==
  /\ pc[t] = "touched"
  /\ Go(t, IF ~look[t].claim THEN look[t].back
           ELSE IF look[t].c \in Closable THEN "readReleasing" ELSE "bury")
  /\ look' = IF look[t].claim THEN look ELSE [look EXCEPT ![t] = NoLook]
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won,
                 sent, received, touched, stand, cl>>

\* Waiter.lookAtClaim: whoever is passed before the close sends others away has to be served.
ReadReleasing(t) ==
  /\ pc[t] = "readReleasing"
  /\ look' = [look EXCEPT ![t].mark = look[t].c \notin releasing]
  /\ Go(t, "bury")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won,
                 sent, received, touched, stand, cl>>

Bury(t) ==
  /\ pc[t] = "bury"
  /\ LET p == look[t].p
     IN IF look[t].place
        THEN /\ Assert(~IsOpen(p[1]), "buried while its claim is open")
             /\ list' = [cd \in DOMAIN list |-> Without(list[cd], {p})]
             /\ place' = [place EXCEPT ![p] = "none"]
             /\ served' = IF look[t].mark THEN served \cup {p} ELSE served
             /\ look' = [u \in Threads |-> IF u = t THEN NoLook
                                           ELSE [look[u] EXCEPT !.place = @ /\ look[u].p # p]]
        ELSE look' = [look EXCEPT ![t] = NoLook] /\ UNCHANGED <<list, place, served>>
  /\ Go(t, look[t].back)
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touched, stand, releasing, seen, result, ret, known, knew, inLine>>

\* The flag goes where no live waiter was found.
Clear(t) ==
  /\ pc[t] = "clear"
  /\ IF snap[t].fresh
     THEN /\ ChangeGate(t, Chan(t), gate[Chan(t)] \ {Other(Dir(t))})
          /\ polled' = [polled EXCEPT ![t] = @ \cup {i[t]}]
          /\ Go(t, IF polled'[t] = Cases(t) THEN "open" ELSE "poll")
     ELSE /\ snap' = [snap EXCEPT ![t] = NoSnap]
          /\ Go(t, "poll")
          /\ UNCHANGED <<gate, polled>>
  /\ UNCHANGED <<list, place, value, phase, permit, round, i, winner, won, sent, received,
                 touch, cl>>

\* Of those who have enqueued nobody is told of a close while one behind is served.
Ends(t, how) ==
  IF Chan(t) \notin Closable THEN UNCHANGED fate
  ELSE /\ fate' = [fate EXCEPT ![won[t]] = how]
       /\ Assert(how = "closed" \/ \A q \in ahead[won[t]] : fate[q] # "closed",
                 "served, one ahead was told of the close")
       /\ Assert(how = "value" \/ \A p \in DOMAIN place : won[t] \in ahead[p] => fate[p] # "value",
                 "told of the close, one behind was served")

\* Waiter.complete, Claim.complete: the value passes, DONE.
Complete(t) ==
  /\ pc[t] = "complete"
  /\ LET u == won[t][1]
         k == won[t][2]
     IN /\ Assert(Dir(t) = "send" \/ ~NewValue \/ value[won[t]] = round[u], "an old value was received")
        /\ Assert(Chan(t) \notin knew[t] \cup knew[u], "an exchange after the close was known")
        /\ result' = [result EXCEPT ![u] = "value"]
        /\ Ends(t, "value")
        /\ Count(t, Dir(t))
        /\ phase' = [phase EXCEPT ![u] = "DONE"]
        /\ Changed({u}, {})
        /\ winner' = [winner EXCEPT ![u] = k]
        /\ IF phase[u] = "WON_PARKED" /\ Bug # "no unpark"
           THEN Go(t, "unpark") /\ UNCHANGED <<round, polled, i, won>>
           ELSE NextRound(t) /\ won' = [won EXCEPT ![t] = None]
  /\ UNCHANGED <<gate, list, place, value, permit, snap, touched, stand, releasing, served, seen, ret,
                 known, knew, ahead>>

\* Parker.unpark: the owner may have gone on by itself.
Unpark(t) ==
  /\ pc[t] = "unpark"
  /\ permit' = [permit EXCEPT ![won[t][1]] = TRUE]
  /\ won' = [won EXCEPT ![t] = None]
  /\ IF ret[t] = "" THEN NextRound(t) ELSE Go(t, ret[t]) /\ UNCHANGED <<round, polled, i>>
  /\ ret' = [ret EXCEPT ![t] = ""]
  /\ UNCHANGED <<gate, list, place, value, phase, winner, snap, sent, received, touch, releasing, served,
                 seen, result, known, knew, inLine>>

\* GatedChannel.isSentAway: the close may have come before the win.
Late(t) ==
  /\ pc[t] = "late"
  /\ Go(t, IF Chan(t) \in releasing /\ Bug # "does not look after the win" THEN "sendAway" ELSE "complete")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touch, cl>>

\* The winner's last steps: whom it has won is told of the close.
Tell(t, back) ==
  LET u == won[t][1]
      parked == phase[u] = "WON_PARKED"
  IN /\ phase' = [phase EXCEPT ![u] = "DONE"]
     /\ result' = [result EXCEPT ![u] = "closed"]
     /\ Ends(t, "closed")
     /\ winner' = [winner EXCEPT ![u] = won[t][2]]
     /\ Go(t, IF parked THEN "unpark" ELSE back)
     /\ ret' = [ret EXCEPT ![t] = IF parked THEN back ELSE ""]
     /\ won' = IF parked THEN won ELSE [won EXCEPT ![t] = None]

\* Waiter.sendAway; then poll and offer look at the gate again, which is closed.
SendAway(t) ==
  /\ pc[t] = "sendAway"
  /\ LET p == won[t]
     IN IF p \in served
        THEN /\ Go(t, "complete")
             /\ UNCHANGED <<list, place, phase, result, winner, ret, won, look, fate>>
        ELSE /\ Tell(t, "help")
             /\ list' = [cd \in DOMAIN list |-> Without(list[cd], {p})]
             /\ place' = [place EXCEPT ![p] = "none"]
             /\ Changed({p[1]}, {p})
  /\ UNCHANGED <<gate, value, permit, round, polled, i, snap, sent, received, touched, stand, releasing,
                 served, seen, known, knew, ahead>>
-----------------------------------------------------------------------------
(* close: releaseWaiters, also by whoever finds the channel closed *)

\* GatedChannel.close: the CAS; of a channel that is closed already, only the help.
CloseCas(t) ==
  /\ pc[t] = "close"
  /\ IF IsClosed(Chan(t)) THEN UNCHANGED <<gate, snap>>
     ELSE ChangeGate(t, Chan(t), gate[Chan(t)] \cup {"closed"})
  /\ Go(t, "help")
  /\ UNCHANGED <<list, place, value, phase, permit, round, polled, i, winner, won, sent, received, touch, cl>>

Help(t) ==
  /\ pc[t] = "help"
  /\ Go(t, IF Bug = "finds it closed and does not help" /\ Dir(t) # "close" THEN "helped"
           ELSE IF Dirs \cap gate[Chan(t)] # {} /\ Chan(t) \notin releasing THEN "markThoseWon"
           ELSE "releaseReceivers")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touch, cl>>

\* Looks at each place once; what it finds dormant it buries, and so marks.
MarkThoseWon(t) ==
  /\ pc[t] = "markThoseWon"
  /\ LET line == list[<<Chan(t), "recv">>] \o list[<<Chan(t), "send">>]
         left == SelectSeq(line, LAMBDA p : p \notin seen[t])
         dormant == SelectSeq(left, IsDormant)
     IN IF dormant = <<>>
        THEN /\ seen' = [seen EXCEPT ![t] = {}]
             /\ Go(t, "releasing")
             /\ UNCHANGED look
        ELSE /\ seen' = [seen EXCEPT ![t] = @ \cup Before(left, Head(dormant))]
             /\ Look(t, Head(dormant), Chan(t))
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touched, stand, releasing, served, result, ret, known, knew, inLine>>

Releasing(t) ==
  /\ pc[t] = "releasing"
  /\ releasing' = releasing \cup {Chan(t)}
  /\ Go(t, "releaseReceivers")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touch, served, seen, result, ret, known, knew, inLine>>

WinAny(t, d, label, nobody, next) ==
  /\ pc[t] = label
  /\ LET cd == <<Chan(t), d>>
         p == FirstLive(list[cd], "nobody")
     IN IF d \notin gate[Chan(t)]
        THEN Go(t, next) /\ UNCHANGED <<phase, won, look>>
        ELSE IF Passed(cd, p) # {}
        THEN /\ Look(t, FirstOf(list[cd], Passed(cd, p)), cd[1])
             /\ UNCHANGED <<phase, won>>
        ELSE IF p = None
        THEN Go(t, nobody) /\ UNCHANGED <<phase, won, look>>
        ELSE /\ phase' = [phase EXCEPT ![p[1]] = IF @ = "OPEN" THEN "WON" ELSE "WON_PARKED"]
             /\ Changed({p[1]}, {})
             /\ won' = [won EXCEPT ![t] = p]
             /\ Go(t, "release")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, snap, sent, received,
                 touched, stand, cl>>

ReleaseReceivers(t) ==
  WinAny(t, "recv", "releaseReceivers", "dropReceivers", "releaseSenders")

ReleaseTheSenders(t) ==
  WinAny(t, "send", "releaseSenders", "dropSenders", "helped")

\* GatedChannel.release
Release(t) ==
  /\ pc[t] = "release"
  /\ LET u == won[t][1]
         c == Case(u, round[u], won[t][2])
     IN /\ Tell(t, IF c[2] = "recv" THEN "releaseReceivers" ELSE "releaseSenders")
        /\ Changed({u}, {})
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, snap, sent, received, touched, stand,
                 releasing, served, seen, known, knew, ahead>>

\* ListedChannel.dropReceivers, dropSenders: whoever has a place in it and has not enqueued never will.
Drop(t) ==
  /\ pc[t] \in {"dropReceivers", "dropSenders"}
  /\ list' = [list EXCEPT ![<<Chan(t), IF pc[t] = "dropReceivers" THEN "recv" ELSE "send">>] = <<>>]
  /\ Go(t, IF pc[t] = "dropReceivers" THEN "releaseSenders" ELSE "helped")
  /\ UNCHANGED <<gate, place, value, phase, permit, round, polled, i, winner, snap, won, sent, received,
                 touch, cl>>

\* A receive says closed, a send or a second close panics, or a close returns.
Helped(t) ==
  /\ pc[t] = "helped"
  /\ known' = known \cup {Chan(t)}
  /\ NextRound(t)
  /\ UNCHANGED <<gate, list, place, value, phase, permit, winner, snap, won, sent, received, touch,
                 releasing, served, seen, result, ret, knew, inLine>>
-----------------------------------------------------------------------------
(* enqueue: visible to peers, and passive *)

\* LoopClaim.beginToOpen; Claim.open
Open(t) ==
  /\ pc[t] = "open"
  /\ LET loop == t \in Keeps /\ Bug # "opens at once"
     IN /\ phase' = [phase EXCEPT ![t] = IF loop THEN "OPENING" ELSE "OPEN"]
        /\ Go(t, IF t \in Keeps /\ Bug # "does not ask again" THEN "told"
                 ELSE IF loop THEN "openCas" ELSE "place")
  /\ Changed({t}, {})
  /\ i' = [i EXCEPT ![t] = 1]
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, winner, snap, won, sent,
                 received, touched, stand, cl>>

\* Selector.loosenTouched, again
TakeAgain(t) ==
  /\ pc[t] = "told"
  /\ LET gone == touched[t] \cap Cases(t)
     IN /\ Leave(t, gone)
        /\ Changed({}, {<<t, k>> : k \in gone})
        /\ stand' = [stand EXCEPT ![t] = @ \ gone]
        /\ touched' = [touched EXCEPT ![t] = {}]
  /\ Go(t, IF Bug = "opens at once" THEN "place" ELSE "openCas")
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, i, winner, snap, won, sent, received, cl>>

\* LoopClaim.opened: the CAS. The places that stand count from now on.
OpenCas(t) ==
  /\ pc[t] = "openCas"
  /\ IF phase[t] = "OPENING"
     THEN phase' = [phase EXCEPT ![t] = "OPEN"] /\ Changed({t}, {}) /\ Go(t, "place")
     ELSE UNCHANGED <<phase, look>> /\ Go(t, "open")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, snap, won, sent, received,
                 touched, stand, cl>>

\* SelectCase.enqueue of the next case that does not stand: WaiterRing.reserve. Another channel's peer may
\* have won the claim by now.
Place(t) ==
  /\ pc[t] = "place"
  /\ LET p == <<t, i[t]>>
     IN IF i[t] > Len(Prog[t][round[t]]) \/ ~IsOpen(t)
        THEN /\ Go(t, "announce")
             /\ i' = [i EXCEPT ![t] = 0]
             /\ UNCHANGED <<place, list, look, served, inLine>>
        ELSE IF i[t] \in stand[t]
        THEN i' = [i EXCEPT ![t] = @ + 1] /\ UNCHANGED <<place, list, look, pc, served, inLine>>
        ELSE /\ Assert(place[p] = "none", "a loose case has a place")
             /\ place' = [place EXCEPT ![p] = "reserved"]
             /\ list' = [list EXCEPT ![<<Chan(t), Dir(t)>>] = Append(@, p)]
             /\ Changed({}, {p})
             /\ served' = served \ {p}
             /\ ahead' = [q \in DOMAIN place |-> IF q = p THEN {} ELSE ahead[q] \ {p}]
             /\ fate' = [fate EXCEPT ![p] = ""]
             /\ Go(t, "lend")
             /\ UNCHANGED i
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, winner, snap, won, sent, received,
                 touched, stand, releasing, seen, result, ret, known, knew>>

\* Waiter.lend
Lend(t) ==
  /\ pc[t] = "lend"
  /\ place' = [place EXCEPT ![<<t, i[t]>>] = "armed"]
  /\ value' = [value EXCEPT ![<<t, i[t]>>] = IF Dir(t) = "send" THEN round[t] ELSE 0]
  /\ Go(t, "enqueue")
  /\ UNCHANGED <<gate, list, phase, permit, round, polled, i, winner, snap, won, sent, received,
                 touch, cl>>

Enqueued(t) ==
  /\ i' = [i EXCEPT ![t] = @ + 1]
  /\ stand' = IF KeepsNow(t) THEN [stand EXCEPT ![t] = @ \cup {i[t]}] ELSE stand
  /\ Go(t, "place")

\* enqueueReceiver, enqueueSender: the gate, as read.
Enqueue(t) ==
  /\ pc[t] = "enqueue"
  /\ LET flags == gate[Chan(t)]
     IN IF "closed" \in flags
        THEN snap' = [snap EXCEPT ![t] = NoSnap] /\ Go(t, "abandon") /\ UNCHANGED <<i, stand>>
        ELSE IF Other(Dir(t)) \in flags
        THEN ReadGate(t, i[t]) /\ Go(t, "mustWait") /\ UNCHANGED <<i, stand>>
        ELSE ReadGate(t, i[t]) /\ Go(t, "opened") /\ UNCHANGED <<i, stand>>
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, winner, won, sent,
                 received, touched, look, cl>>

\* mustWaitToReceive, mustWaitToSend: firstLiveBut. A select never meets itself.
MustWait(t) ==
  /\ pc[t] = "mustWait"
  /\ LET cd == <<Chan(t), Other(Dir(t))>>
         p == FirstLive(list[cd], IF Bug = "meets itself" THEN "nobody" ELSE t)
     IN IF Passed(cd, p) # {}
        THEN /\ Look(t, FirstOf(list[cd], Passed(cd, p)), cd[1])
             /\ UNCHANGED <<i, snap, stand>>
        ELSE /\ UNCHANGED look
             /\ IF p # None /\ ~StillToLook(Chan(t), Other(Dir(t)), snap[t].flags)
                THEN /\ Go(t, "abandon")
                     /\ snap' = [snap EXCEPT ![t] = NoSnap]
                     /\ UNCHANGED <<i, stand>>
                ELSE Go(t, "opened") /\ UNCHANGED <<i, snap, stand>>
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, winner, won, sent,
                 received, touched, cl>>

\* The CAS of the gate: enqueueReceiver.opened, enqueueSender.opened.
Opened(t) ==
  /\ pc[t] = "opened"
  /\ IF snap[t].fresh
     THEN /\ ChangeGate(t, Chan(t), gate[Chan(t)] \cup {Dir(t)})
          /\ Enqueued(t)
          /\ ahead' = IF Chan(t) \in Closable /\ IsOpen(t)
                      THEN [ahead EXCEPT ![<<t, i[t]>>] = {p \in Inside(list[<<Chan(t), Dir(t)>>]) :
                              p[1] # t /\ IsLive(p) /\ HasEnqueued(p)}]
                      ELSE ahead
     ELSE /\ snap' = [snap EXCEPT ![t] = NoSnap]
          /\ Go(t, "enqueue")
          /\ UNCHANGED <<gate, i, stand, ahead>>
  /\ UNCHANGED <<list, place, value, phase, permit, round, polled, winner, won, sent, received,
                 touched, look, releasing, served, seen, result, ret, known, knew, fate>>

\* Claim.abandon, where waiting is not right; then leaveIfNew and dequeue.
Abandon(t) ==
  /\ pc[t] = "abandon"
  /\ IF IsOpen(t)
     THEN LET gone == IF ~KeepsNow(t) THEN Cases(t)
                      ELSE IF i[t] \notin stand[t] THEN {i[t]} ELSE {}
          IN /\ phase' = [phase EXCEPT ![t] = "ABANDONED"]
             /\ Leave(t, gone)
             /\ Changed({t}, {<<t, k>> : k \in gone})
             /\ PollAgain(t)
     ELSE /\ Go(t, "announce")
          /\ UNCHANGED <<phase, list, place, polled, i, look>>
  /\ UNCHANGED <<gate, value, permit, round, winner, snap, won, sent, received, touched, stand, cl>>
-----------------------------------------------------------------------------
(* park *)

\* Parker.await: Claim.announcePark
Announce(t) ==
  /\ pc[t] = "announce"
  /\ IF phase[t] = "OPEN"
     THEN phase' = [phase EXCEPT ![t] = "PARKED"] /\ Changed({t}, {}) /\ Go(t, "announced")
     ELSE UNCHANGED <<phase, look>> /\ Go(t, "awaitDone")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, snap, won,
                 sent, received, touched, stand, cl>>

\* Parker.await: is the claim open?
Announced(t) ==
  /\ pc[t] = "announced"
  /\ Go(t, IF IsOpen(t) THEN "park" ELSE "awaitDone")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap,
                 won, sent, received, touch, cl>>

\* LockSupport.park returns.
Park(t) ==
  /\ pc[t] = "park"
  /\ permit[t]
  /\ permit' = [permit EXCEPT ![t] = FALSE]
  /\ Go(t, "announced")
  /\ UNCHANGED <<gate, list, place, value, phase, round, polled, i, winner, snap, won, sent,
                 received, touch, cl>>

\* Parker.await: Claim.abandon, then dequeue. An interrupt; a deadline polls once more before it gives up.
Cancel(t) ==
  /\ pc[t] \in {"announced", "park"} /\ t \in Impatient /\ IsOpen(t)
  /\ LET gone == IF KeepsNow(t) THEN {} ELSE Cases(t)
     IN /\ phase' = [phase EXCEPT ![t] = "ABANDONED"]
        /\ Leave(t, gone)
        /\ Changed({t}, {<<t, k>> : k \in gone})
        /\ NextRound(t)
  /\ UNCHANGED <<gate, value, permit, winner, snap, won, sent, received, touched, stand, cl>>

\* Parker.awaitDone, and the end of Selector.enqueueAndPark: claim.end, leaveIfNew, chosen.leave,
\* dequeue.  Only i = 0 says that all cases have enqueued.
AwaitDone(t) ==
  /\ pc[t] = "awaitDone"
  /\ phase[t] = "DONE"
  /\ LET gone == IF ~KeepsNow(t) THEN Cases(t)
                 ELSE {winner[t]} \cup IF i[t] # 0 /\ i[t] \notin stand[t] THEN {i[t]} ELSE {}
     IN /\ phase' = [phase EXCEPT ![t] = "ABANDONED"]
        /\ IF result[t] = "closed" THEN UNCHANGED <<sent, received>>
           ELSE Count(t, Case(t, round[t], winner[t])[2])
        /\ Leave(t, gone)
        /\ Changed({t}, {<<t, k>> : k \in gone})
        /\ stand' = [stand EXCEPT ![t] = @ \ gone]
  /\ winner' = [winner EXCEPT ![t] = 0]
  /\ result' = [result EXCEPT ![t] = ""]
  /\ IF result[t] = "closed"
     THEN Go(t, "help") /\ i' = [i EXCEPT ![t] = winner[t]] /\ UNCHANGED <<round, polled>>
     ELSE NextRound(t)
  /\ UNCHANGED <<gate, value, permit, snap, won, touched, releasing, served, seen, ret, known, knew, inLine>>
-----------------------------------------------------------------------------
(* Where it may end. *)

Parked(t) == pc[t] = "park" /\ phase[t] = "PARKED" /\ ~permit[t]

Meet(t, u) ==
  \E j \in Cases(t), k \in Cases(u) :
    LET a == Case(t, round[t], j)
        b == Case(u, round[u], k)
    IN a[1] = b[1] /\ a[2] # b[2]

RECURSIVE Sum(_, _)
Sum(f, s) == IF s = {} THEN 0 ELSE LET x == CHOOSE x \in s : TRUE IN f[x] + Sum(f, s \ {x})

\* Everybody has ended, or waits for somebody who is not there.
Settled ==
  /\ \A t \in Threads : Done(t) \/ Parked(t)
  /\ \A t, u \in Threads : t # u /\ Parked(t) /\ Parked(u) => ~Meet(t, u)
  /\ \A t \in Threads : Parked(t) => \A k \in Cases(t) : ~IsClosed(Case(t, round[t], k)[1])
  /\ Sum(sent, Threads) = Sum(received, Threads)

-----------------------------------------------------------------------------
Step(t) ==
  \/ TakeTouched(t) \/ Poll(t) \/ WinFirst(t) \/ Clear(t) \/ Complete(t) \/ Unpark(t)
  \/ Touch(t) \/ KnockBack(t) \/ Touched(t) \/ ReadReleasing(t) \/ Bury(t)
  \/ Begin(t) \/ Late(t) \/ SendAway(t) \/ CloseCas(t) \/ Help(t) \/ MarkThoseWon(t) \/ Releasing(t)
  \/ ReleaseReceivers(t) \/ ReleaseTheSenders(t) \/ Release(t) \/ Drop(t) \/ Helped(t)
  \/ Open(t) \/ TakeAgain(t) \/ OpenCas(t)
  \/ Place(t) \/ Lend(t) \/ Enqueue(t) \/ MustWait(t) \/ Opened(t) \/ Abandon(t)
  \/ Announce(t) \/ Announced(t) \/ Park(t) \/ AwaitDone(t)

\* All else in which nobody can go on is a deadlock to TLC: a lost wake-up.
Rest == Settled /\ UNCHANGED vars

Next == (\E t \in Threads : Step(t) \/ Cancel(t)) \/ Rest

Spec == Init /\ [][Next]_vars /\ \A t \in Threads : WF_vars(Step(t))
-----------------------------------------------------------------------------
(* What is checked. *)

\* Claim, invariant 1: one winner, and only of a won claim.
OneWinner ==
  /\ \A t \in Threads : pc[t] = "complete" => phase[won[t][1]] \in {"WON", "WON_PARKED"}
  /\ \A t, u \in Threads :
       t # u /\ pc[t] = "complete" /\ pc[u] = "complete" => won[t][1] # won[u][1]

NeverItself == \A t \in Threads : pc[t] \in {"complete", "unpark"} => won[t][1] # t

\* GatedChannel, invariant 2: who has enqueued and can be won is in the list, and its flag is set.
Visible ==
  \A t \in Threads : pc[t] \in {"announce", "announced", "park"} /\ IsOpen(t) =>
    \A k \in Cases(t) :
      LET c == Case(t, round[t], k)
      IN /\ place[<<t, k>>] = "armed"
         /\ <<t, k>> \in {list[c][n] : n \in 1 .. Len(list[c])}
         /\ c[2] \in gate[c[1]]

\* LoopClaim: who stands and was not told is in the list, with its flag, and nobody can make it otherwise.
Stands ==
  \A t \in Threads : pc[t] # "done" =>
    \A k \in stand[t] \ (touched[t] \cup IF phase[t] = "DONE" THEN {winner[t]} ELSE {}) :
      LET c == Standing(t, k)
      IN /\ place[<<t, k>>] = "armed"
         /\ <<t, k>> \in {list[c][n] : n \in 1 .. Len(list[c])}
         /\ c[2] \in gate[c[1]]

\* A select that waits did not begin when one of its channels was known to be closed.
WaitsRightly == \A t \in Threads :
  pc[t] \in {"announced", "park"} /\ IsOpen(t) => \A k \in Cases(t) : Case(t, round[t], k)[1] \notin knew[t]

\* No lost wake-up, and no two selects that run away from each other for ever.
EventuallySettled == <>[]Settled
=============================================================================
