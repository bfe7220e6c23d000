------------------------------- MODULE Select -------------------------------
(***************************************************************************)
(* Selects that meet over unbuffered channels.                             *)
(*                                                                         *)
(* The code: Selector, SelectCase, Waiter, Claim and Parker, and of        *)
(* UnbufferedChannel and GatedChannel what a select calls.  Each action is *)
(* one access to memory that others see; the comment at the action names   *)
(* the method, and the code names the action ("Model:").  A plain send or  *)
(* receive is a select of one case that keeps no place:                    *)
(* GatedChannel.awaitPoll and awaitOffer take the same steps.  (The front  *)
(* waiter, close and buffers: see Channel.)                                *)
(*                                                                         *)
(* A claim has the phases of Claim.  Of a place only what a scan can tell  *)
(* apart is kept:                                                          *)
(*                                                                         *)
(*   none      not in the list: never lent, given back, or buried          *)
(*   reserved  RESERVED: in the list, pending                              *)
(*   armed     LENT in the present epoch of its claim                      *)
(*   dormant   LENT in an earlier epoch                                    *)
(*                                                                         *)
(* A scan is one action: that it finds what was there at one instant is    *)
(* what WaiterRing shows.                                                  *)
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
  linked, \* "new", "linked": kept its place; "changed": the same, and the gate is to be CASed
  winner, \* winner[t]: which case of t was won, after DONE
  snap,   \* [flags, fresh]: the gate of case i as t read it
  won,    \* the place that t has won and not completed
  sent, received \* how many exchanges each thread has had on each side, by what it was told

vars == <<gate, list, place, value, phase, permit, pc, round, polled, i, linked, winner, snap, won,
          sent, received>>
-----------------------------------------------------------------------------
Dirs == {"send", "recv"}
Other(d) == IF d = "send" THEN "recv" ELSE "send"
None == <<>>
NoSnap == [flags |-> {}, fresh |-> FALSE]

Case(t, r, k) == Prog[t][r][k]
Cases(t) == 1 .. Len(Prog[t][round[t]])
Chan(t) == Case(t, round[t], i[t])[1]
Dir(t) == Case(t, round[t], i[t])[2]
MaxCases == 2

Done(t) == pc[t] = "done"
IsOpen(t) == phase[t] \in {"OPEN", "PARKED"}
IsLive(p) == place[p] = "armed" /\ IsOpen(p[1])
IsDead(p) == place[p] \in {"none", "dormant"} \/ (place[p] = "armed" /\ ~IsOpen(p[1]))

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
  /\ pc = [t \in Threads |-> "poll"]
  /\ round = [t \in Threads |-> 1]
  /\ polled = [t \in Threads |-> {}]
  /\ i = [t \in Threads |-> 1]
  /\ linked = [t \in Threads |-> "new"]
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

Bury(cd, found) ==
  LET buried == {p \in Before(list[cd], found) : IsDead(p)}
  IN IF Bug = "scan leaves the dormant"
     THEN UNCHANGED <<list, place>>
     ELSE /\ list' = [list EXCEPT ![cd] = Without(@, buried)]
          /\ place' = [p \in DOMAIN place |-> IF p \in buried THEN "none" ELSE place[p]]

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
  /\ linked' = [linked EXCEPT ![t] = "new"]
  /\ IF round[t] = Len(Prog[t])
     THEN Go(t, "done") /\ UNCHANGED round
     ELSE Go(t, "poll") /\ round' = [round EXCEPT ![t] = @ + 1]

PollAgain(t) ==
  /\ polled' = [polled EXCEPT ![t] = {}]
  /\ i' = [i EXCEPT ![t] = 1]
  /\ linked' = [linked EXCEPT ![t] = "new"]
  /\ Go(t, "poll")
-----------------------------------------------------------------------------
(* poll: invisible to peers *)

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
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, linked, winner, won, sent,
                 received>>

\* ListedChannel.winReceiver, winSender
WinFirst(t) ==
  /\ pc[t] = "winFirst"
  /\ LET cd == <<Chan(t), Other(Dir(t))>>
         parked == IF AnyParked(<<cd[1], Dir(t)>>, snap[t].flags) THEN FirstParked(list[cd]) ELSE None
         p == IF parked # None THEN parked ELSE FirstLive(list[cd], "nobody")
     IN /\ Bury(cd, p)
        /\ IF p = None
           THEN Go(t, "clear") /\ UNCHANGED <<phase, won, snap>>
           ELSE /\ phase' = [phase EXCEPT ![p[1]] = IF @ = "OPEN" THEN "WON" ELSE "WON_PARKED"]
                /\ won' = [won EXCEPT ![t] = p]
                /\ snap' = [snap EXCEPT ![t] = NoSnap]
                /\ Go(t, "complete")
  /\ UNCHANGED <<gate, value, permit, round, polled, i, linked, winner, sent, received>>

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
  /\ UNCHANGED <<list, place, value, phase, permit, round, i, linked, winner, won, sent, received>>

\* Waiter.complete, Claim.complete: the value passes, DONE.
Complete(t) ==
  /\ pc[t] = "complete"
  /\ LET u == won[t][1]
         k == won[t][2]
     IN /\ Assert(Dir(t) = "send" \/ value[won[t]] = round[u], "an old value was received")
        /\ Count(t, Dir(t))
        /\ phase' = [phase EXCEPT ![u] = "DONE"]
        /\ winner' = [winner EXCEPT ![u] = k]
        /\ IF phase[u] = "WON_PARKED" /\ Bug # "no unpark"
           THEN Go(t, "unpark") /\ UNCHANGED <<round, polled, i, linked, won>>
           ELSE NextRound(t) /\ won' = [won EXCEPT ![t] = None]
  /\ UNCHANGED <<gate, list, place, value, permit, snap>>

\* Parker.unpark: the owner may have gone on by itself.
Unpark(t) ==
  /\ pc[t] = "unpark"
  /\ permit' = [permit EXCEPT ![won[t][1]] = TRUE]
  /\ won' = [won EXCEPT ![t] = None]
  /\ NextRound(t)
  /\ UNCHANGED <<gate, list, place, value, phase, winner, snap, sent, received>>
-----------------------------------------------------------------------------
(* enqueue: visible to peers, and passive *)

\* Claim.open: the next epoch. Places of the last one are dormant.
Open(t) ==
  /\ pc[t] = "open"
  /\ phase' = [phase EXCEPT ![t] = "OPEN"]
  /\ place' = [p \in DOMAIN place |->
                 IF p[1] = t /\ place[p] = "armed" THEN "dormant" ELSE place[p]]
  /\ i' = [i EXCEPT ![t] = 1]
  /\ Go(t, "place")
  /\ UNCHANGED <<gate, list, value, permit, round, polled, linked, winner, snap, won, sent,
                 received>>

\* SelectCase.enqueue: Waiter.rearm, in one CAS where the value is the same; else by way of
\* RESERVED; else WaiterRing.reserve. Another channel's peer may have won the claim by now.
Place(t) ==
  /\ pc[t] = "place"
  /\ LET p == <<t, i[t]>>
         same == Dir(t) = "recv" \/ ~NewValue \/ value[p] = round[t]
     IN IF i[t] > Len(Prog[t][round[t]]) \/ ~IsOpen(t)
        THEN /\ Go(t, "announce")
             /\ i' = [i EXCEPT ![t] = 0]
             /\ UNCHANGED <<place, list, linked, value>>
        ELSE /\ UNCHANGED i
             /\ IF place[p] = "dormant"
                THEN /\ linked' = [linked EXCEPT ![t] = "linked"]
                     /\ place' = [place EXCEPT ![p] = IF same THEN "armed" ELSE "reserved"]
                     /\ value' = IF same /\ Dir(t) = "send"
                                 THEN [value EXCEPT ![p] = round[t]] ELSE value
                     /\ Go(t, IF same THEN "enqueue" ELSE "lend")
                     /\ UNCHANGED list
                ELSE /\ linked' = [linked EXCEPT ![t] = "new"]
                     /\ place' = [place EXCEPT ![p] = "reserved"]
                     /\ list' = [list EXCEPT ![<<Chan(t), Dir(t)>>] = Append(@, p)]
                     /\ Go(t, "lend")
                     /\ UNCHANGED value
  /\ UNCHANGED <<gate, phase, permit, round, polled, winner, snap, won, sent, received>>

\* Waiter.lend, and the second half of Waiter.rearm.
Lend(t) ==
  /\ pc[t] = "lend"
  /\ place' = [place EXCEPT ![<<t, i[t]>>] = "armed"]
  /\ value' = [value EXCEPT ![<<t, i[t]>>] = IF Dir(t) = "send" THEN round[t] ELSE 0]
  /\ linked' = [linked EXCEPT ![t] =
                  IF @ = "linked" /\ Bug # "pending counts as kept" THEN "changed" ELSE @]
  /\ Go(t, "enqueue")
  /\ UNCHANGED <<gate, list, phase, permit, round, polled, i, winner, snap, won, sent, received>>

Enqueued(t) == i' = [i EXCEPT ![t] = @ + 1] /\ Go(t, "place")

\* enqueueReceiver, enqueueSender: the gate, as read.
Enqueue(t) ==
  /\ pc[t] = "enqueue"
  /\ LET flags == gate[Chan(t)]
     IN IF Other(Dir(t)) \in flags
        THEN ReadGate(t, i[t]) /\ Go(t, "mustWait") /\ UNCHANGED i
        ELSE IF linked[t] = "linked" /\ Dir(t) \in flags
        THEN Enqueued(t) /\ UNCHANGED snap
        ELSE ReadGate(t, i[t]) /\ Go(t, "opened") /\ UNCHANGED i
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, linked, winner, won, sent,
                 received>>

\* mustWaitToReceive, mustWaitToSend: firstLiveBut. A select never meets itself.
MustWait(t) ==
  /\ pc[t] = "mustWait"
  /\ LET cd == <<Chan(t), Other(Dir(t))>>
         p == FirstLive(list[cd], IF Bug = "meets itself" THEN "nobody" ELSE t)
     IN /\ Bury(cd, p)
        /\ IF p # None /\ ~StillToLook(Chan(t), Other(Dir(t)), snap[t].flags)
           THEN /\ Go(t, "abandon")
                /\ snap' = [snap EXCEPT ![t] = NoSnap]
                /\ UNCHANGED i
           ELSE IF linked[t] = "linked" /\ Dir(t) \in snap[t].flags
           THEN /\ Enqueued(t)
                /\ snap' = [snap EXCEPT ![t] = NoSnap]
           ELSE Go(t, "opened") /\ UNCHANGED <<i, snap>>
  /\ UNCHANGED <<gate, value, phase, permit, round, polled, linked, winner, won, sent, received>>

\* The CAS of the gate: enqueueReceiver.opened, enqueueSender.opened.
Opened(t) ==
  /\ pc[t] = "opened"
  /\ IF snap[t].fresh
     THEN /\ ChangeGate(t, Chan(t), gate[Chan(t)] \cup {Dir(t)})
          /\ Enqueued(t)
          /\ UNCHANGED linked
     ELSE /\ snap' = [snap EXCEPT ![t] = NoSnap]
          /\ UNCHANGED linked
          /\ Go(t, "enqueue")
          /\ UNCHANGED <<gate, i>>
  /\ UNCHANGED <<list, place, value, phase, permit, round, polled, winner, won, sent, received>>

\* Claim.abandon, where waiting is not right; then leaveIfNew and dequeue.
Abandon(t) ==
  /\ pc[t] = "abandon"
  /\ IF IsOpen(t)
     THEN /\ phase' = [phase EXCEPT ![t] = "ABANDONED"]
          /\ Leave(t, IF ~KeepsNow(t) THEN Cases(t)
                      ELSE IF linked[t] = "new" THEN {i[t]} ELSE {})
          /\ PollAgain(t)
     ELSE /\ Go(t, "announce")
          /\ UNCHANGED <<phase, list, place, polled, i, linked>>
  /\ UNCHANGED <<gate, value, permit, round, winner, snap, won, sent, received>>
-----------------------------------------------------------------------------
(* park *)

\* Parker.await: Claim.announcePark
Announce(t) ==
  /\ pc[t] = "announce"
  /\ IF phase[t] = "OPEN"
     THEN phase' = [phase EXCEPT ![t] = "PARKED"] /\ Go(t, "announced")
     ELSE UNCHANGED phase /\ Go(t, "awaitDone")
  /\ UNCHANGED <<gate, list, place, value, permit, round, polled, i, linked, winner, snap, won,
                 sent,
                 received>>

\* Parker.await: is the claim open?
Announced(t) ==
  /\ pc[t] = "announced"
  /\ Go(t, IF IsOpen(t) THEN "park" ELSE "awaitDone")
  /\ UNCHANGED <<gate, list, place, value, phase, permit, round, polled, i, linked, winner, snap,
                 won,
                 sent, received>>

\* LockSupport.park returns.
Park(t) ==
  /\ pc[t] = "park"
  /\ permit[t]
  /\ permit' = [permit EXCEPT ![t] = FALSE]
  /\ Go(t, "announced")
  /\ UNCHANGED <<gate, list, place, value, phase, round, polled, i, linked, winner, snap, won, sent,
                 received>>

\* Parker.awaitDone, and the end of Selector.enqueueAndPark: claim.end, leaveIfNew, chosen.leave,
\* dequeue.  Only i = 0 says that all cases have enqueued.
AwaitDone(t) ==
  /\ pc[t] = "awaitDone"
  /\ phase[t] = "DONE"
  /\ phase' = [phase EXCEPT ![t] = "ABANDONED"]
  /\ Count(t, Case(t, round[t], winner[t])[2])
  /\ Leave(t, IF ~KeepsNow(t) THEN Cases(t)
              ELSE {winner[t]} \cup IF i[t] # 0 /\ linked[t] = "new" THEN {i[t]} ELSE {})
  /\ winner' = [winner EXCEPT ![t] = 0]
  /\ NextRound(t)
  /\ UNCHANGED <<gate, value, permit, snap, won>>
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
  \/ Poll(t) \/ WinFirst(t) \/ Clear(t) \/ Complete(t) \/ Unpark(t)
  \/ Open(t) \/ Place(t) \/ Lend(t) \/ Enqueue(t) \/ MustWait(t) \/ Opened(t) \/ Abandon(t)
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

\* No lost wake-up, and no two selects that run away from each other for ever.
EventuallySettled == <>[]Settled
=============================================================================
