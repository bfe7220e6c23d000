------------------------------- MODULE Select -------------------------------
(***************************************************************************)
(* Selects that meet over unbuffered channels.                             *)
(*                                                                         *)
(* The code: Selector, SelectCase, LoopClaim, Waiter, Claim and Parker,    *)
(* and of UnbufferedChannel and GatedChannel what a select calls.  Each    *)
(* action is one access to memory that others see; the comment at the      *)
(* action names the method, and the code names the action ("Model:").  A   *)
(* plain send or receive is a select of one case that keeps no place:      *)
(* GatedChannel.awaitPoll and awaitOffer take the same steps.  (The front  *)
(* waiter, close and buffers: see Channel.)                                *)
(*                                                                         *)
(* A claim has the phases of Claim.  Of a place only what a scan can tell  *)
(* apart is kept:                                                          *)
(*                                                                         *)
(*   none      not in the list: never lent, given back, or buried          *)
(*   reserved  RESERVED: in the list, pending                              *)
(*   armed     LENT: live if its claim is open, else dormant               *)
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
            \* <<channel, "send" or "recv">>
  Keeps,    \* those whose places stay in the lists between rounds (SelectLoop)
  NewValue, \* whether a send case has another value in every round
  Bug       \* a planted mistake, or "none"

VARIABLES
  gate,   \* gate[c]: the set of its flags
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
  sent, received \* how many exchanges each thread has had on each side, by what it was told

touch == <<touched, stand, look>>
vars == <<gate, list, place, value, phase, permit, pc, round, polled, i, winner, snap, won,
          sent, received, touch>>
-----------------------------------------------------------------------------
Dirs == {"send", "recv"}
Other(d) == IF d = "send" THEN "recv" ELSE "send"
None == <<>>
NoSnap == [flags |-> {}, fresh |-> FALSE]
NoLook == [p |-> None, opening |-> FALSE, claim |-> FALSE, place |-> FALSE, back |-> ""]

Case(t, r, k) == Prog[t][r][k]
Cases(t) == 1 .. Len(Prog[t][round[t]])
Chan(t) == Case(t, round[t], i[t])[1]
Dir(t) == Case(t, round[t], i[t])[2]
MaxCases == 2

Done(t) == pc[t] = "done"
IsOpen(t) == phase[t] \in {"OPEN", "PARKED"}
IsLive(p) == place[p] = "armed" /\ IsOpen(p[1])
IsDormant(p) == place[p] = "armed" /\ ~IsOpen(p[1])

\* Selector.dequeue and "hasTwins": a select with one channel in two cases keeps nothing.
HasTwins(t) == \E j, k \in Cases(t) : j # k /\ Case(t, round[t], j)[1] = Case(t, round[t], k)[1]
KeepsNow(t) == t \in Keeps /\ ~HasTwins(t)

Without(seq, gone) == SelectSeq(seq, LAMBDA p : p \notin gone)

Init ==
  /\ gate = [c \in Channels |-> {}]
  /\ list = [cd \in Channels \X Dirs |-> <<>>]
  /\ place = [p \in Threads \X (1 .. MaxCases) |-> "none"]
  /\ value = [p \in Threads \X (1 .. MaxCases) |-> 0]
  /\ phase = [t \in Threads |-> "ABANDONED"]
  /\ permit = [t \in Threads |-> FALSE]
  /\ pc = [t \in Threads |-> "take"]
  /\ touched = [t \in Threads |-> {}]
  /\ stand = [t \in Threads |-> {}]
  /\ look = [t \in Threads |-> NoLook]
  /\ round = [t \in Threads |-> 1]
  /\ polled = [t \in Threads |-> {}]
  /\ i = [t \in Threads |-> 1]
  /\ winner = [t \in Threads |-> 0]
  /\ snap = [t \in Threads |-> NoSnap]
  /\ won = [t \in Threads |-> None]
  /\ sent = [t \in Threads |-> 0]
  /\ received = [t \in Threads |-> 0]
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

RECURSIVE Before(_, _)
Before(seq, p) == IF seq = <<>> \/ Head(seq) = p THEN {} ELSE {Head(seq)} \cup Before(Tail(seq), p)

\* The dormant places that a scan passes which finds this one.
Passed(cd, found) ==
  IF Bug = "scan leaves the dormant" THEN {} ELSE {p \in Before(list[cd], found) : IsDormant(p)}
FirstOf(seq, ps) == seq[CHOOSE n \in 1 .. Len(seq) : seq[n] \in ps /\ \A m \in 1 .. n - 1 : seq[m] \notin ps]

\* Where the claims of us change, and the states of the places ps: what others read of them is old.
Changed(us, ps) ==
  look' = [t \in Threads |->
             [look[t] EXCEPT !.claim = @ /\ look[t].p[1] \notin us, !.place = @ /\ look[t].p \notin ps]]
\* t read that p is dormant, and goes on to bury it.
Look(t, p) ==
  /\ look' = [look EXCEPT ![t] = [p |-> p, opening |-> phase[p[1]] = "OPENING", claim |-> TRUE,
                                 place |-> TRUE, back |-> pc[t]]]
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
     ELSE Go(t, "take") /\ round' = [round EXCEPT ![t] = @ + 1]

PollAgain(t) ==
  /\ polled' = [polled EXCEPT ![t] = {}]
  /\ i' = [i EXCEPT ![t] = 1]
  /\ Go(t, "take")

\* Before a round SendCase.value has given up the places that hold another value.
Stale(t) == {k \in Cases(t) : NewValue /\ Case(t, round[t], k)[2] = "send" /\ place[<<t, k>>] # "none"
                                /\ value[<<t, k>>] # round[t]}
-----------------------------------------------------------------------------
(* poll: invisible to peers *)

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
  /\ UNCHANGED <<gate, value, phase, permit, round, i, winner, snap, won, sent, received>>

\* Selector.poll; UnbufferedChannel.poll and offer: the gate.
Poll(t) ==
  /\ pc[t] = "poll"
  /\ \E k \in Cases(t) \ polled[t] :
       /\ i' = [i EXCEPT ![t] = k]
       /\ IF LET c == Case(t, round[t], k)[1]
                 d == Other(Case(t, round[t], k)[2])
             IN d \in gate[c] /\ ~StillToLook(c, d, gate[c])
          THEN ReadGate(t, k) /\ Go(t, "winFirst") /\ UNCHANGED polled
          ELSE /\ polled' = [polled EXCEPT ![t] = @ \cup {k}]
               /\ snap' = [snap EXCEPT ![t] = NoSnap]
               /\ Go(t, IF polled'[t] = Cases(t) THEN "open" ELSE "poll")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, winner, won, sent,
                 received, touch>>

\* ListedChannel.winReceiver, winSender
WinFirst(t) ==
  /\ pc[t] = "winFirst"
  /\ LET cd == <<Chan(t), Other(Dir(t))>>
         parked == IF AnyParked(<<cd[1], Dir(t)>>, snap[t].flags) THEN FirstParked(list[cd]) ELSE None
         p == IF parked # None THEN parked ELSE FirstLive(list[cd], "nobody")
     IN IF Passed(cd, p) # {}
        THEN /\ Look(t, FirstOf(list[cd], Passed(cd, p)))
             /\ UNCHANGED <<phase, won, snap>>
        ELSE IF p = None
        THEN Go(t, "clear") /\ UNCHANGED <<phase, won, snap, look>>
        ELSE /\ phase' = [phase EXCEPT ![p[1]] = IF @ = "OPEN" THEN "WON" ELSE "WON_PARKED"]
             /\ Changed({p[1]}, {})
             /\ won' = [won EXCEPT ![t] = p]
             /\ snap' = [snap EXCEPT ![t] = NoSnap]
             /\ Go(t, "complete")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, sent, received,
                 touched, stand>>

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
                 sent, received, stand, look>>

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
                 sent, received, touched, stand>>

Touched(t) ==
  /\ pc[t] = "touched"
  /\ Go(t, IF look[t].claim THEN "bury" ELSE look[t].back)
  /\ look' = IF look[t].claim THEN look ELSE [look EXCEPT ![t] = NoLook]
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap, won,
                 sent, received, touched, stand>>

Bury(t) ==
  /\ pc[t] = "bury"
  /\ LET p == look[t].p
     IN IF look[t].place
        THEN /\ Assert(~IsOpen(p[1]), "buried while its claim is open")
             /\ list' = [cd \in DOMAIN list |-> Without(list[cd], {p})]
             /\ place' = [place EXCEPT ![p] = "none"]
             /\ look' = [u \in Threads |-> IF u = t THEN NoLook
                                           ELSE [look[u] EXCEPT !.place = @ /\ look[u].p # p]]
        ELSE look' = [look EXCEPT ![t] = NoLook] /\ UNCHANGED <<list, place>>
  /\ Go(t, look[t].back)
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, i, winner, snap, won, sent,
                 received, touched, stand>>

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
                 touch>>

\* Waiter.complete, Claim.complete: the value passes, DONE.
Complete(t) ==
  /\ pc[t] = "complete"
  /\ LET u == won[t][1]
         k == won[t][2]
     IN /\ Assert(Dir(t) = "send" \/ ~NewValue \/ value[won[t]] = round[u], "an old value was received")
        /\ Count(t, Dir(t))
        /\ phase' = [phase EXCEPT ![u] = "DONE"]
        /\ Changed({u}, {})
        /\ winner' = [winner EXCEPT ![u] = k]
        /\ IF phase[u] = "WON_PARKED" /\ Bug # "no unpark"
           THEN Go(t, "unpark") /\ UNCHANGED <<round, polled, i, won>>
           ELSE NextRound(t) /\ won' = [won EXCEPT ![t] = None]
  /\ UNCHANGED <<gate, list, place, value, permit, snap, touched, stand>>

\* Parker.unpark: the owner may have gone on by itself.
Unpark(t) ==
  /\ pc[t] = "unpark"
  /\ permit' = [permit EXCEPT ![won[t][1]] = TRUE]
  /\ won' = [won EXCEPT ![t] = None]
  /\ NextRound(t)
  /\ UNCHANGED <<gate, list, place, value, phase, winner, snap, sent, received, touch>>
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
                 received, touched, stand>>

\* Selector.loosenTouched, again
TakeAgain(t) ==
  /\ pc[t] = "told"
  /\ LET gone == touched[t] \cap Cases(t)
     IN /\ Leave(t, gone)
        /\ Changed({}, {<<t, k>> : k \in gone})
        /\ stand' = [stand EXCEPT ![t] = @ \ gone]
        /\ touched' = [touched EXCEPT ![t] = {}]
  /\ Go(t, IF Bug = "opens at once" THEN "place" ELSE "openCas")
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, i, winner, snap, won, sent, received>>

\* LoopClaim.opened: the CAS. The places that stand count from now on.
OpenCas(t) ==
  /\ pc[t] = "openCas"
  /\ IF phase[t] = "OPENING"
     THEN phase' = [phase EXCEPT ![t] = "OPEN"] /\ Changed({t}, {}) /\ Go(t, "place")
     ELSE UNCHANGED <<phase, look>> /\ Go(t, "open")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, snap, won, sent, received,
                 touched, stand>>

\* SelectCase.enqueue of the next case that does not stand: WaiterRing.reserve. Another channel's peer may
\* have won the claim by now.
Place(t) ==
  /\ pc[t] = "place"
  /\ LET p == <<t, i[t]>>
     IN IF i[t] > Len(Prog[t][round[t]]) \/ ~IsOpen(t)
        THEN /\ Go(t, "announce")
             /\ i' = [i EXCEPT ![t] = 0]
             /\ UNCHANGED <<place, list, look>>
        ELSE IF i[t] \in stand[t]
        THEN i' = [i EXCEPT ![t] = @ + 1] /\ UNCHANGED <<place, list, look, pc>>
        ELSE /\ Assert(place[p] = "none", "a loose case has a place")
             /\ place' = [place EXCEPT ![p] = "reserved"]
             /\ list' = [list EXCEPT ![<<Chan(t), Dir(t)>>] = Append(@, p)]
             /\ Changed({}, {p})
             /\ Go(t, "lend")
             /\ UNCHANGED i
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, winner, snap, won, sent, received,
                 touched, stand>>

\* Waiter.lend
Lend(t) ==
  /\ pc[t] = "lend"
  /\ place' = [place EXCEPT ![<<t, i[t]>>] = "armed"]
  /\ value' = [value EXCEPT ![<<t, i[t]>>] = IF Dir(t) = "send" THEN round[t] ELSE 0]
  /\ Go(t, "enqueue")
  /\ UNCHANGED <<gate, list, phase, permit, round, polled, i, winner, snap, won, sent, received,
                 touch>>

Enqueued(t) ==
  /\ i' = [i EXCEPT ![t] = @ + 1]
  /\ stand' = IF KeepsNow(t) THEN [stand EXCEPT ![t] = @ \cup {i[t]}] ELSE stand
  /\ Go(t, "place")

\* enqueueReceiver, enqueueSender: the gate, as read.
Enqueue(t) ==
  /\ pc[t] = "enqueue"
  /\ LET flags == gate[Chan(t)]
     IN IF Other(Dir(t)) \in flags
        THEN ReadGate(t, i[t]) /\ Go(t, "mustWait") /\ UNCHANGED <<i, stand>>
        ELSE ReadGate(t, i[t]) /\ Go(t, "opened") /\ UNCHANGED <<i, stand>>
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, winner, won, sent,
                 received, touched, look>>

\* mustWaitToReceive, mustWaitToSend: firstLiveBut. A select never meets itself.
MustWait(t) ==
  /\ pc[t] = "mustWait"
  /\ LET cd == <<Chan(t), Other(Dir(t))>>
         p == FirstLive(list[cd], IF Bug = "meets itself" THEN "nobody" ELSE t)
     IN IF Passed(cd, p) # {}
        THEN /\ Look(t, FirstOf(list[cd], Passed(cd, p)))
             /\ UNCHANGED <<i, snap, stand>>
        ELSE /\ UNCHANGED look
             /\ IF p # None /\ ~StillToLook(Chan(t), Other(Dir(t)), snap[t].flags)
                THEN /\ Go(t, "abandon")
                     /\ snap' = [snap EXCEPT ![t] = NoSnap]
                     /\ UNCHANGED <<i, stand>>
                ELSE Go(t, "opened") /\ UNCHANGED <<i, snap, stand>>
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, winner, won, sent,
                 received, touched>>

\* The CAS of the gate: enqueueReceiver.opened, enqueueSender.opened.
Opened(t) ==
  /\ pc[t] = "opened"
  /\ IF snap[t].fresh
     THEN /\ ChangeGate(t, Chan(t), gate[Chan(t)] \cup {Dir(t)})
          /\ Enqueued(t)
     ELSE /\ snap' = [snap EXCEPT ![t] = NoSnap]
          /\ Go(t, "enqueue")
          /\ UNCHANGED <<gate, i, stand>>
  /\ UNCHANGED <<list, place, value, phase, permit, round, polled, winner, won, sent, received,
                 touched, look>>

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
  /\ UNCHANGED <<gate, value, permit, round, winner, snap, won, sent, received, touched, stand>>
-----------------------------------------------------------------------------
(* park *)

\* Parker.await: Claim.announcePark
Announce(t) ==
  /\ pc[t] = "announce"
  /\ IF phase[t] = "OPEN"
     THEN phase' = [phase EXCEPT ![t] = "PARKED"] /\ Changed({t}, {}) /\ Go(t, "announced")
     ELSE UNCHANGED <<phase, look>> /\ Go(t, "awaitDone")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, winner, snap, won,
                 sent, received, touched, stand>>

\* Parker.await: is the claim open?
Announced(t) ==
  /\ pc[t] = "announced"
  /\ Go(t, IF IsOpen(t) THEN "park" ELSE "awaitDone")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, winner, snap,
                 won, sent, received, touch>>

\* LockSupport.park returns.
Park(t) ==
  /\ pc[t] = "park"
  /\ permit[t]
  /\ permit' = [permit EXCEPT ![t] = FALSE]
  /\ Go(t, "announced")
  /\ UNCHANGED <<gate, list, place, value, phase, round, polled, i, winner, snap, won, sent,
                 received, touch>>

\* Parker.awaitDone, and the end of Selector.enqueueAndPark: claim.end, leaveIfNew, chosen.leave,
\* dequeue.  Only i = 0 says that all cases have enqueued.
AwaitDone(t) ==
  /\ pc[t] = "awaitDone"
  /\ phase[t] = "DONE"
  /\ LET gone == IF ~KeepsNow(t) THEN Cases(t)
                 ELSE {winner[t]} \cup IF i[t] # 0 /\ i[t] \notin stand[t] THEN {i[t]} ELSE {}
     IN /\ phase' = [phase EXCEPT ![t] = "ABANDONED"]
        /\ Count(t, Case(t, round[t], winner[t])[2])
        /\ Leave(t, gone)
        /\ Changed({t}, {<<t, k>> : k \in gone})
        /\ stand' = [stand EXCEPT ![t] = @ \ gone]
  /\ winner' = [winner EXCEPT ![t] = 0]
  /\ NextRound(t)
  /\ UNCHANGED <<gate, value, permit, snap, won, touched>>
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
  /\ Sum(sent, Threads) = Sum(received, Threads)

-----------------------------------------------------------------------------
Step(t) ==
  \/ TakeTouched(t) \/ Poll(t) \/ WinFirst(t) \/ Clear(t) \/ Complete(t) \/ Unpark(t)
  \/ Touch(t) \/ KnockBack(t) \/ Touched(t) \/ Bury(t)
  \/ Open(t) \/ TakeAgain(t) \/ OpenCas(t)
  \/ Place(t) \/ Lend(t) \/ Enqueue(t) \/ MustWait(t) \/ Opened(t) \/ Abandon(t)
  \/ Announce(t) \/ Announced(t) \/ Park(t) \/ AwaitDone(t)

\* All else in which nobody can go on is a deadlock to TLC: a lost wake-up.
Rest == Settled /\ UNCHANGED vars

Next == (\E t \in Threads : Step(t)) \/ Rest

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
    \A k \in stand[t] \ touched[t] :
      LET c == Case(t, round[t], k)
      IN /\ place[<<t, k>>] = "armed"
         /\ <<t, k>> \in {list[c][n] : n \in 1 .. Len(list[c])}
         /\ c[2] \in gate[c[1]]

\* No lost wake-up, and no two selects that run away from each other for ever.
EventuallySettled == <>[]Settled
=============================================================================
