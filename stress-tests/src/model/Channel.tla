------------------------------ MODULE Channel -------------------------------
(***************************************************************************)
(* One channel: send, receive, close and giving up, by plain operations.   *)
(*                                                                         *)
(* The code: GatedChannel, UnbufferedChannel (Cap = 0), BufferedChannel,   *)
(* Claim, Waiter and Parker.  Each action is one access to memory that     *)
(* others see, and most are named after the method or the Seam at which    *)
(* they stand; the code names them in its comments ("Model:").             *)
(* Where the code loops until a CAS succeeds, so does the model; where it  *)
(* pauses until something holds, the action waits for that.                *)
(*                                                                         *)
(* Simpler than the code:                                                  *)
(*   - A waiter is named after its thread, which waits in one place at a   *)
(*     time: in front or in the list.                                      *)
(*   - A scan is one action.  It may or may not see a waiter that is open  *)
(*     and has not enqueued yet, but it passes over nobody who has.        *)
(*   - Of the scans only those that win mark whom they pass.  A close marks  *)
(*     all in one action; that it has done so is a field of the gate here.  *)
(*   - Put and take of the queue are one action each.                      *)
(*   - isRoomTaken and the CAS after it are one action: what it saw stays  *)
(*     true while the gate stays.                                          *)
(*   - Looks, bounded spins and pauses: they change nothing.               *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
  Threads,
  Prog,      \* Prog[t]: "send", "trysend", "recv", "tryrecv", "close", one after the other
  Impatient, \* who may be interrupted, or come to a deadline, while it waits
  Cap,
  Filled,    \* how many values are in the buffer at the start; if it is full,
  Waiting,   \* these senders, or receivers, have enqueued and parked, in this order
  Bug        \* a planted mistake, or "none"

VARIABLES
  gate,   \* [C, R, S: the flags; ver; count, held, hand, offered: of a buffer]
  queue,  \* the JCTools queue
  taken,  \* its consumer index
  front,  \* front[d]: whose the front waiter is, or None
  list,   \* list[d]: the waiters behind it, in the order of their places
  phase,  \* of each thread's waiter, as in Claim
  val,    \* its value
  permit, \* LockSupport's
  pc, stack, n, \* the next action of t, where it returns to, the number of its operation
  g,      \* the gate as t read it
  w,      \* the waiter that t has won and not completed
  e,      \* the element that t has taken; in close, the slots that stay held
  last,   \* whether the deadline has passed: one more poll or offer, and that is it
  \* What was promised to whom; the code does not know these.
  enq,    \* who has enqueued: its CAS of the gate succeeded
  ahead,  \* ahead[t]: who had enqueued when t got its place
  sent, got, refused, \* values by how their send or receive has ended
  before, \* before[v]: sent when the send of v began
  seen,   \* seen[t]: got, when the receive of t began
  closed, \* whether somebody knows: a close has returned, or a send has panicked
  drained, \* whether a receive was told
  late,   \* late[t]: what of these was known when the operation of t began, or "no"
  line,   \* all values that ever came into the queue
  postponed, \* the first place in line of a value whose receive began when the close was known
  promised \* values of waiting senders for which there was room when the close began

core == <<gate, queue, taken, front, list, phase, val, permit>>
ctl == <<pc, stack, n, g, w, e, last>>
ghosts == <<enq, ahead, sent, got, refused, before, seen, closed, drained, late, line,
            postponed, promised>>
vars == <<core, ctl, ghosts>>
-----------------------------------------------------------------------------
None == "none"        \* no thread
Nothing == <<>>       \* no element
CLOSED == <<"closed">>
NoGate == [C |-> FALSE, rel |-> FALSE, R |-> FALSE, S |-> FALSE, ver |-> 0, count |-> 0, held |-> 0, hand |-> 0,
           offered |-> 0]

Dir(t) == IF n[t] > Len(Prog[t]) THEN None
          ELSE CASE Prog[t][n[t]] \in {"send", "trysend"} -> "send"
                 [] Prog[t][n[t]] \in {"recv", "tryrecv"} -> "recv"
                 [] OTHER -> "close"
Other(d) == IF d = "send" THEN "recv" ELSE "send"
IsTry(t) == last[t] \/ Prog[t][n[t]] \in {"trysend", "tryrecv"}
V(t) == <<t, n[t]>>

IsOpen(t) == phase[t] \in {"OPEN", "PARKED"}
Unmarked == {"WON", "WON_PARKED"}
Marked(ph) == IF ph = "WON" THEN "WON, SERVED" ELSE "WON_PARKED, SERVED"
IsMarked(t) == phase[t] \in {Marked(ph) : ph \in Unmarked}
IsWon(t) == phase[t] \in Unmarked \/ IsMarked(t)
IsFull(x) == x.count + x.held + x.hand = Cap
Flag(x, d) == IF d = "recv" THEN x.R ELSE x.S
WithFlag(x, d, b) == IF d = "recv" THEN [x EXCEPT !.R = b] ELSE [x EXCEPT !.S = b]

\* isRoomTaken, isDrained, isFilled, at the present gate
IsRoomTaken == gate.offered - taken + gate.hand < Cap
IsDrained == queue = <<>> /\ taken = gate.offered /\ gate.held + gate.hand = 0
IsFilled == Len(queue) = Cap /\ taken + Len(queue) = gate.offered

Without(seq, t) == SelectSeq(seq, LAMBDA u : u # t)
InOrder(d) == (IF front[d] = None THEN <<>> ELSE <<front[d]>>) \o list[d]
Range(seq) == {seq[k] : k \in 1 .. Len(seq)}

\* What a scan may find among these waiters.
Scan(seq) ==
  LET live == {k \in 1 .. Len(seq) : IsOpen(seq[k])}
      sure == {k \in live : enq[seq[k]]}
  IN {seq[k] : k \in {k \in live : \A j \in sure : k <= j}} \cup (IF sure = {} THEN {None} ELSE {})

First(d) == Scan(InOrder(d))

\* ListedChannel.isStillToLook: those in d's line have not looked yet whether they must wait.
AnyParked(d) == \E u \in Range(InOrder(d)) : phase[u] = "PARKED"
StillToLook(d, x) == x.R /\ x.S /\ AnyParked(Other(d)) /\ ~AnyParked(d)
                       /\ \E u \in Range(InOrder(d)) : IsOpen(u)

\* Where v is in line; how many values have been received, seen from outside: those ahead of one
\* that was received have been, too.
Never == 99
Place(v) == CHOOSE k \in 1 .. Len(line) : line[k] = v
Max(set) == CHOOSE x \in set : \A y \in set : y <= x
Drawn == Max({0} \cup {k \in 1 .. Len(line) : line[k] \in got})

\* What those wait for who wait at the start.
WaitingTo == IF Waiting # <<>> /\ Prog[Waiting[1]][1] = "recv" THEN "recv" ELSE "send"

Init ==
  /\ n = [t \in Threads |-> 1]
  /\ gate = [NoGate EXCEPT !.count = Filled, !.offered = Filled, !.S = Waiting # <<>> /\ WaitingTo = "send",
                              !.R = WaitingTo = "recv"]
  /\ queue = [k \in 1 .. Filled |-> <<"filled", k>>]
  /\ taken = 0
  /\ front = [d \in {"send", "recv"} |-> None]
  /\ list = [d \in {"send", "recv"} |-> IF d = WaitingTo THEN Waiting ELSE <<>>]
  /\ phase = [t \in Threads |-> IF t \in Range(Waiting) THEN "PARKED" ELSE "FREE"]
  /\ val = [t \in Threads |-> IF t \in Range(Waiting) /\ WaitingTo = "send" THEN V(t) ELSE Nothing]
  /\ permit = [t \in Threads |-> FALSE]
  /\ pc = [t \in Threads |-> IF t \in Range(Waiting) THEN "park" ELSE Prog[t][1]]
  /\ stack = [t \in Threads |-> <<>>]
  /\ g = [t \in Threads |-> NoGate]
  /\ w = [t \in Threads |-> None]
  /\ e = [t \in Threads |-> Nothing]
  /\ last = [t \in Threads |-> FALSE]
  /\ enq = [t \in Threads |-> t \in Range(Waiting)]
  /\ ahead = [t \in Threads |-> {u \in Range(Waiting) : t \in Range(Waiting) /\
                                  \E j, k \in 1 .. Len(Waiting) :
                                    j < k /\ u = Waiting[j] /\ t = Waiting[k]}]
  /\ sent = Range(queue) /\ got = {} /\ refused = {}
  /\ before = [v \in sent \cup {V(t) : t \in {u \in Range(Waiting) : WaitingTo = "send"}} |->
                 {u \in sent : v \notin sent \/ u[2] < v[2]}]
  /\ seen = [t \in Threads |-> {}]
  /\ closed = FALSE /\ drained = FALSE
  /\ late = [t \in Threads |-> "no"]
  /\ line = queue /\ postponed = Never
  /\ promised = {}
-----------------------------------------------------------------------------
(* Where an operation begins and ends. *)

Started(t) == pc[t] = Prog[t][n[t]]

\* In the first action of an operation.
Begin(t) ==
  IF n[t] <= Len(Prog[t]) /\ Started(t)
  THEN /\ late' = [late EXCEPT ![t] = IF drained THEN "drained"
                                      ELSE IF closed THEN "closed" ELSE "no"]
       /\ seen' = [seen EXCEPT ![t] = IF Dir(t) = "recv" THEN got ELSE {}]
       /\ before' = IF Dir(t) = "send" THEN before @@ (V(t) :> sent) ELSE before
  ELSE UNCHANGED <<late, seen, before>>

\* Receives under way but that of t.
Receiving(t) == {u \in Threads \ {t} : Dir(u) = "recv" /\ ~Started(u)}

Results == {"Sent", "Got", "Took", "Closed", "Panic", "No", "Interrupted", "CloseDone",
            "ClosePanic"}

Ended(t, how, v) ==
  /\ CASE how = "Sent" ->
            /\ Assert(late[t] = "no", "sent after closed was seen")
            /\ sent' = sent \cup {V(t)}
            /\ UNCHANGED <<got, refused, closed, drained, postponed>>
       [] how \in {"Got", "Took"} ->
            /\ Assert(v \notin got, "received twice")
            /\ Assert(v \notin refused, "received and refused")
            /\ Assert(v \in DOMAIN before, "received before it was sent")
            /\ Assert(\A u \in seen[t] : v \notin before[u], "received out of order")
            /\ Assert(late[t] # "drained", "a value after closed was seen")
            /\ got' = got \cup {v}
            /\ postponed' = IF how = "Took" /\ late[t] = "closed" /\ Place(v) < postponed
                            THEN Place(v) ELSE postponed
            /\ UNCHANGED <<sent, refused, closed, drained>>
       [] how = "Closed" ->
            /\ Assert(Cardinality(sent \ got) <= Cardinality(Receiving(t)), "closed, not drained")
            /\ closed' = TRUE /\ drained' = TRUE
            /\ UNCHANGED <<sent, got, refused, postponed>>
       [] how = "Panic" ->
            /\ Assert(V(t) \notin got, "received and refused")
            /\ Assert(V(t) \notin promised, "there was room for it before the close")
            /\ refused' = refused \cup {V(t)}
            /\ closed' = TRUE
            /\ UNCHANGED <<sent, got, drained, postponed>>
       [] how \in {"No", "Interrupted"} ->
            /\ Assert(V(t) \notin got, "received and refused")
            /\ Assert(how = "Interrupted" \/ Dir(t) = "send" \/ Cap = 0
                        \/ Cardinality(sent \ got) <= Cardinality(Receiving(t)),
                      "not ready, but it is")
            /\ refused' = IF Dir(t) = "send" THEN refused \cup {V(t)} ELSE refused
            /\ UNCHANGED <<sent, got, closed, drained, postponed>>
       [] OTHER ->
            /\ closed' = TRUE
            /\ UNCHANGED <<sent, got, refused, drained, postponed>>
  /\ n' = [n EXCEPT ![t] = @ + 1]
  /\ pc' = [pc EXCEPT ![t] = IF n[t] = Len(Prog[t]) THEN "done" ELSE Prog[t][n[t] + 1]]
  /\ stack' = [stack EXCEPT ![t] = <<>>]
  /\ g' = [g EXCEPT ![t] = NoGate]
  /\ e' = [e EXCEPT ![t] = Nothing]
  /\ last' = [last EXCEPT ![t] = FALSE]

\* To a label, with g, e and the stack as given; a result ends the operation.
Goto(t, label, x, el, st) ==
  IF label \in Results
  THEN Ended(t, label, el)
  ELSE /\ pc' = [pc EXCEPT ![t] = label]
       /\ stack' = [stack EXCEPT ![t] = st]
       /\ g' = [g EXCEPT ![t] = x]
       /\ e' = [e EXCEPT ![t] = el]
       /\ UNCHANGED <<n, last, sent, got, refused, closed, drained, postponed>>

Go(t, label) == Goto(t, label, g[t], e[t], stack[t])
GoWith(t, label, x) == Goto(t, label, x, e[t], stack[t])
GoBack(t, label) == Goto(t, label, NoGate, e[t], stack[t]) \* forgets g
Call(t, label, x, ret) == Goto(t, label, x, e[t], <<ret>> \o stack[t])
Return(t) == Goto(t, Head(stack[t]), g[t], e[t], Tail(stack[t]))

\* poll gives NOT_READY, offer false
NotReady(t) == GoBack(t, IF IsTry(t) THEN "No" ELSE "front")
PollOrOffer(t) == IF Dir(t) = "send" THEN "offer" ELSE "poll"

\* releaseWaiters(x), with the labels that it would go through without doing anything left out
ReleaseSenders(t, x, st) ==
  IF x.S
  THEN IF Cap > 0 /\ Bug # "close without settle"
       THEN Goto(t, "settle", NoGate, e[t], <<"releaseSenders">> \o st)
       ELSE Goto(t, "releaseSenders", NoGate, e[t], st)
  ELSE Goto(t, Head(st), NoGate, e[t], Tail(st))

\* ListedChannel.toldByPeers
ToldByPeers(x) == x.R \/ (x.S /\ (Cap = 0 \/ Bug = "told beside values"))

ReleaseWaiters(t, x, ret) ==
  IF ToldByPeers(x) /\ ~gate.rel
  THEN Goto(t, "markThoseWon", x, e[t], <<ret>> \o stack[t])
  ELSE IF x.R
  THEN Goto(t, "releaseReceivers", x, e[t], <<ret>> \o stack[t])
  ELSE ReleaseSenders(t, x, <<ret>> \o stack[t])
-----------------------------------------------------------------------------
(* Parts of the protocol of waiters. *)

Win(t, u) ==
  /\ phase' = [phase EXCEPT ![u] = IF @ = "OPEN" THEN "WON" ELSE "WON_PARKED"]
  /\ w' = [w EXCEPT ![t] = u]
  /\ Assert(\A a \in ahead[u] : ~(enq[a] /\ IsOpen(a)), "served before one who came first")

\* Those that a scan as far as u passes, who have been won and not completed, and are not marked.
Passed(u, d) ==
  LET upTo == {k \in 1 .. Len(list[d]) : \A j \in 1 .. k : list[d][j] # u}
  IN IF u = front[d] THEN {} ELSE {list[d][k] : k \in upTo} \cap {x \in Threads : phase[x] \in Unmarked}

\* A scan that is to win u, and passes one who has been won, marks it (MarkServed) unless the close has
\* begun to send waiters away.
WinFirst(t, d, nobody, mark, won) ==
  \E u \in First(d) :
    IF u = None
    THEN Go(t, nobody) /\ UNCHANGED <<phase, w>>
    ELSE IF ~gate.rel /\ Passed(u, d) # {} /\ Bug # "passes without a mark"
    THEN \E x \in Passed(u, d) :
           /\ Goto(t, mark, g[t], <<x, n[x], phase[x]>>, stack[t])
           /\ UNCHANGED <<phase, w>>
    ELSE Win(t, u) /\ Go(t, won)

\* Claim.complete: the value, DONE; and then unpark, if that is owed.
Complete(t, value, next, el) ==
  /\ val' = [val EXCEPT ![w[t]] = value]
  /\ phase' = [phase EXCEPT ![w[t]] = "DONE"]
  /\ \A u \in Threads : phase[u] = "DONE" =>
       /\ Assert(~(value = CLOSED /\ val[u] # CLOSED /\ w[t] \in ahead[u]),
                 "told of the close, one behind was served")
       /\ Assert(~(value # CLOSED /\ val[u] = CLOSED /\ u \in ahead[w[t]]),
                 "served, one ahead was told of the close")
  /\ IF phase[w[t]] \in {"WON_PARKED", Marked("WON_PARKED")} /\ Bug # "no unpark"
     THEN /\ Goto(t, "unpark", g[t], el, <<next>> \o stack[t])
          /\ UNCHANGED w
     ELSE /\ IF next = "return"
             THEN Goto(t, Head(stack[t]), g[t], el, Tail(stack[t]))
             ELSE Goto(t, next, g[t], el, stack[t])
          /\ w' = [w EXCEPT ![t] = None]

\* Parker.unpark
Unpark(t) ==
  /\ pc[t] = "unpark"
  /\ permit' = [permit EXCEPT ![w[t]] = TRUE]
  /\ w' = [w EXCEPT ![t] = None]
  /\ IF Head(stack[t]) = "return"
     THEN Goto(t, stack[t][2], g[t], e[t], Tail(Tail(stack[t])))
     ELSE Return(t)
  /\ UNCHANGED <<gate, queue, taken, front, list, phase, val, enq, ahead, before, seen, late,
                 line, promised>>

\* WaiterRing.find, Waiter.look: the mark, if nothing has changed
MarkServed(t) ==
  /\ pc[t] \in {"handOver.mark", "receive.mark"}
  /\ phase' = IF n[e[t][1]] = e[t][2] /\ phase[e[t][1]] = e[t][3]
              THEN [phase EXCEPT ![e[t][1]] = Marked(@)] ELSE phase
  /\ Goto(t, IF pc[t] = "handOver.mark" THEN "handOver" ELSE "receive.win", g[t], Nothing, stack[t])
  /\ UNCHANGED <<gate, queue, taken, front, list, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* GatedChannel.releaseWaiters, its beginning
MarkThoseWon(t) ==
  /\ pc[t] = "markThoseWon"
  /\ LET lined == Range(list["recv"]) \cup (IF Cap = 0 THEN Range(list["send"]) ELSE {})
     IN phase' = IF gate.rel THEN phase
                ELSE [u \in Threads |-> IF u \in lined /\ phase[u] \in Unmarked THEN Marked(phase[u])
                                        ELSE phase[u]]
  /\ Go(t, "releasing")
  /\ UNCHANGED <<gate, queue, taken, front, list, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

Releasing(t) ==
  /\ pc[t] = "releasing"
  /\ gate' = [gate EXCEPT !.rel = TRUE]
  /\ IF g[t].R THEN Go(t, "releaseReceivers") ELSE ReleaseSenders(t, g[t], stack[t])
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* GatedChannel.isSentAway when releasing, unless in front: Waiter.sendAway
SendAway(t) ==
  /\ pc[t] \in {"handOver.away", "receive.away"}
  /\ IF IsMarked(w[t])
     THEN /\ Go(t, IF pc[t] = "handOver.away" THEN "handOver.complete" ELSE "receive.complete")
          /\ UNCHANGED <<phase, val, w>>
     ELSE Complete(t, CLOSED, IF pc[t] = "handOver.away" THEN "offer" ELSE "poll", e[t])
  /\ UNCHANGED <<gate, queue, taken, front, list, permit, enq, ahead, before, seen, late, line,
                 promised>>

\* What isAloneInFront(u) may say.
Alone(u, d) == IF front[d] # u THEN {FALSE}
               ELSE {x = None : x \in Scan(list[d])}

\* The gate is still as t read it, so that a CAS succeeds.
IsStill(t) == gate = g[t]
Cas(t, x) == IsStill(t) /\ gate' = x

\* The owner's place is free again.
Free(t) ==
  /\ phase' = [phase EXCEPT ![t] = "FREE"]
  /\ val' = [val EXCEPT ![t] = Nothing]
  /\ front' = [d \in DOMAIN front |-> IF front[d] = t THEN None ELSE front[d]]
  /\ list' = [d \in DOMAIN list |-> Without(list[d], t)]
  /\ enq' = [enq EXCEPT ![t] = FALSE]
  /\ ahead' = [u \in Threads |-> IF u = t THEN {} ELSE ahead[u] \ {t}]
-----------------------------------------------------------------------------
(* send *)

\* UnbufferedChannel.offer, BufferedChannel.offer
Offer(t) ==
  /\ pc[t] \in {"send", "trysend", "offer"}
  /\ Begin(t)
  /\ IF gate.C THEN ReleaseWaiters(t, gate, "Panic") /\ UNCHANGED gate
     ELSE IF gate.R /\ ~StillToLook("recv", gate) THEN GoWith(t, "handOver", gate) /\ UNCHANGED gate
     ELSE IF IsFull(gate)
     THEN /\ (Cap > 0 /\ IsTry(t)) => IsFilled
          /\ NotReady(t)
          /\ UNCHANGED gate
     ELSE /\ IsRoomTaken \/ Bug = "room before it is taken"
          /\ gate' = [gate EXCEPT !.count = @ + 1, !.offered = @ + 1]
          /\ Goto(t, "send.granted", NoGate, V(t), stack[t])
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, line, promised>>

\* BufferedChannel.put
SendGranted(t) ==
  /\ pc[t] = "send.granted"
  /\ queue' = Append(queue, V(t))
  /\ line' = Append(line, V(t))
  /\ Go(t, "Sent")
  /\ UNCHANGED <<gate, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 promised>>

\* GatedChannel.handOver: winReceiver
HandOver(t) ==
  /\ pc[t] = "handOver"
  /\ WinFirst(t, "recv", "offer.clear", "handOver.mark", "handOver.won")
  /\ UNCHANGED <<gate, queue, taken, front, list, val, permit, enq, ahead, before, seen, late,
                 line, promised>>

\* The CAS that takes RECEIVERS away
OfferClear(t) ==
  /\ pc[t] = "offer.clear"
  /\ IF IsStill(t)
     THEN /\ gate' = [g[t] EXCEPT !.R = FALSE]
          /\ IF Cap = 0 THEN NotReady(t) ELSE GoBack(t, "offer")
     ELSE GoBack(t, "offer") /\ UNCHANGED gate
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* clearIfAlone: is it, and then the CAS
HandOverWon(t) ==
  /\ pc[t] = "handOver.won"
  /\ \E alone \in Alone(w[t], "recv") :
       Go(t, IF alone THEN "handOver.clear" ELSE "handOver.late")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

HandOverClear(t) ==
  /\ pc[t] = "handOver.clear"
  /\ \/ Cas(t, [g[t] EXCEPT !.R = FALSE])
     \/ gate # g[t] /\ UNCHANGED gate
  /\ GoBack(t, "handOver.late")
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* isSentAway: the gate
HandOverLate(t) ==
  /\ pc[t] = "handOver.late"
  /\ GoBack(t, IF gate.rel /\ front["recv"] # w[t] /\ Bug # "does not look after the win"
               THEN "handOver.away" ELSE "handOver.complete")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

HandOverComplete(t) ==
  /\ pc[t] = "handOver.complete"
  /\ Complete(t, V(t), "Sent", e[t])
  /\ UNCHANGED <<gate, queue, taken, front, list, permit, enq, ahead, before, seen, late, line,
                 promised>>
-----------------------------------------------------------------------------
(* receive *)

\* UnbufferedChannel.poll, BufferedChannel.poll
Poll(t) ==
  /\ pc[t] \in {"recv", "tryrecv", "poll"}
  /\ Begin(t)
  /\ IF gate.count > 0
     THEN IF gate.S /\ ~gate.C
          THEN GoWith(t, "takeAndAdmit", gate) /\ UNCHANGED gate
          ELSE /\ gate' = [gate EXCEPT !.count = @ - 1]
               /\ GoBack(t, "receive.granted")
     ELSE /\ UNCHANGED gate
          /\ IF gate.C
             THEN ReleaseWaiters(t, gate, IF gate.held + gate.hand = 0 \/ Bug = "closed while held"
                                          THEN "Closed" ELSE "poll.closed")
             ELSE IF Cap = 0 /\ gate.S /\ ~StillToLook("send", gate)
             THEN GoWith(t, "receive.win", gate)
             ELSE /\ (Cap > 0 /\ IsTry(t)) => IsDrained
                  /\ NotReady(t)
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, line, promised>>

\* The gate that poll read had slots that are not free: it fills those that are held, and waits for
\* those that are in somebody's hand.
PollClosed(t) ==
  /\ pc[t] = "poll.closed"
  /\ IF gate.held > 0
     THEN Call(t, "settle", NoGate, "poll")
     ELSE gate.hand = 0 /\ GoBack(t, "poll")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

\* UnbufferedChannel.poll: winSender
ReceiveWin(t) ==
  /\ pc[t] = "receive.win"
  /\ WinFirst(t, "send", "poll.clear", "receive.mark", "receive.won")
  /\ UNCHANGED <<gate, queue, taken, front, list, val, permit, enq, ahead, before, seen, late,
                 line, promised>>

PollClear(t) ==
  /\ pc[t] = "poll.clear"
  /\ IF IsStill(t)
     THEN /\ gate' = [g[t] EXCEPT !.S = FALSE]
          /\ NotReady(t)
     ELSE GoBack(t, "poll") /\ UNCHANGED gate
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

ReceiveWon(t) ==
  /\ pc[t] = "receive.won"
  /\ \E alone \in Alone(w[t], "send") :
       Go(t, IF alone THEN "receive.clear" ELSE "receive.late")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

ReceiveClear(t) ==
  /\ pc[t] = "receive.clear"
  /\ \/ Cas(t, [g[t] EXCEPT !.S = FALSE])
     \/ gate # g[t] /\ UNCHANGED gate
  /\ GoBack(t, "receive.late")
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

ReceiveLate(t) ==
  /\ pc[t] = "receive.late"
  /\ GoBack(t, IF gate.rel /\ front["send"] # w[t] /\ Bug # "does not look after the win"
               THEN "receive.away" ELSE "receive.complete")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

ReceiveComplete(t) ==
  /\ pc[t] = "receive.complete"
  /\ Complete(t, Nothing, "Got", val[w[t]])
  /\ UNCHANGED <<gate, queue, taken, front, list, permit, enq, ahead, before, seen, late, line,
                 promised>>

\* BufferedChannel.take
ReceiveGranted(t) ==
  /\ pc[t] = "receive.granted"
  /\ queue # <<>>
  /\ queue' = Tail(queue)
  /\ taken' = taken + 1
  /\ Goto(t, "Took", NoGate, Head(queue), stack[t])
  /\ UNCHANGED <<gate, front, list, phase, val, permit, w, enq, ahead, before, seen, late, line,
                 promised>>

\* BufferedChannel.takeAndAdmit: firstSender
TakeAndAdmit(t) ==
  /\ pc[t] = "takeAndAdmit"
  /\ \E u \in First("send") : Go(t, IF u = None THEN "takeAndAdmit.clear" ELSE "takeAndAdmit.cas")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

TakeAndAdmitClear(t) ==
  /\ pc[t] = "takeAndAdmit.clear"
  /\ \/ Cas(t, [g[t] EXCEPT !.S = FALSE])
     \/ gate # g[t] /\ UNCHANGED gate
  /\ GoBack(t, "poll")
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

TakeAndAdmitCas(t) ==
  /\ pc[t] = "takeAndAdmit.cas"
  /\ IF IsStill(t)
     THEN /\ gate' = [g[t] EXCEPT !.count = @ - 1, !.held = @ + 1]
          /\ GoBack(t, "receive.admitting")
     ELSE GoBack(t, "poll") /\ UNCHANGED gate
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* take; then admit
ReceiveAdmitting(t) ==
  /\ pc[t] = "receive.admitting"
  /\ queue # <<>>
  /\ queue' = Tail(queue)
  /\ taken' = taken + 1
  /\ Goto(t, "admit", NoGate, Head(queue), <<"admit.over">>)
  /\ UNCHANGED <<gate, front, list, phase, val, permit, w, enq, ahead, before, seen, late, line,
                 promised>>
-----------------------------------------------------------------------------
(* admit: by receivers, by close, and by whoever helps it *)

\* A held slot comes into t's hand: from here on it is t who fills it or gives it up.
Admit(t) ==
  /\ pc[t] = "admit"
  /\ IF gate.held = 0
     THEN Return(t) /\ UNCHANGED gate
     ELSE LET x == [gate EXCEPT !.held = @ - 1, !.hand = @ + 1]
          IN /\ IsRoomTaken \/ Bug = "hand without room"
             /\ gate' = x
             /\ GoWith(t, "admit.win", x)
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

AdmitWin(t) ==
  /\ pc[t] = "admit.win"
  /\ \E u \in First("send") :
       IF u = None
       THEN Go(t, "admit.giveUp") /\ UNCHANGED <<phase, w>>
       ELSE Win(t, u) /\ GoBack(t, "admit.won")
  /\ UNCHANGED <<gate, queue, taken, front, list, val, permit, enq, ahead, before, seen, late,
                 line, promised>>

AdmitGiveUp(t) ==
  /\ pc[t] = "admit.giveUp"
  /\ IF IsStill(t)
     THEN /\ gate' = [g[t] EXCEPT !.hand = @ - 1, !.S = FALSE]
          /\ Goto(t, Head(stack[t]), NoGate, e[t], Tail(stack[t]))
     ELSE GoWith(t, "admit.win", gate) /\ UNCHANGED gate
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* grantSlotInHand, up to its CAS
AdmitWon(t) ==
  /\ pc[t] = "admit.won"
  /\ \E alone \in Alone(w[t], "send") :
       GoWith(t, IF alone THEN "admit.grantAndClear" ELSE "admit.grant", gate)
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

AdmitGrant(t) ==
  /\ pc[t] \in {"admit.grant", "admit.grantAndClear"}
  /\ IF IsStill(t)
     THEN /\ gate' = [g[t] EXCEPT !.hand = @ - 1, !.count = @ + 1, !.offered = @ + 1,
                                   !.S = @ /\ pc[t] = "admit.grant"]
          /\ GoBack(t, "admit.put")
     ELSE GoBack(t, "admit.won") /\ UNCHANGED gate
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

AdmitPut(t) ==
  /\ pc[t] = "admit.put"
  /\ queue' = Append(queue, val[w[t]])
  /\ line' = Append(line, val[w[t]])
  /\ Go(t, "admit.complete")
  /\ UNCHANGED <<gate, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 promised>>

AdmitComplete(t) ==
  /\ pc[t] = "admit.complete"
  /\ Complete(t, Nothing, "return", e[t])
  /\ UNCHANGED <<gate, queue, taken, front, list, permit, enq, ahead, before, seen, late, line,
                 promised>>

\* takeAndAdmit: helpClose, for a close that saw a slot in t's hand has left the senders to t
AdmitOver(t) ==
  /\ pc[t] = "admit.over"
  /\ IF gate.C /\ Bug # "close is left alone"
     THEN ReleaseWaiters(t, gate, "Took")
     ELSE Go(t, "Took")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>
-----------------------------------------------------------------------------
(* close *)

\* GatedChannel.close: reads the gate; closed(g) computes what stays held
Close(t) ==
  /\ pc[t] \in {"close", "close.again"}
  /\ Begin(t)
  /\ LET room == Cap - (gate.offered - taken)
         held == IF room - gate.hand < gate.held THEN room - gate.hand ELSE gate.held
         waiting == {u \in Threads : enq[u] /\ Dir(u) = "send" /\ (IsOpen(u) \/ IsWon(u))}
     IN /\ IF gate.C
           THEN Go(t, "ClosePanic")
           ELSE Goto(t, "close.cas", gate, <<"held", held>>, stack[t])
        /\ promised' = IF Cap > 0 /\ pc[t] = "close" /\ ~gate.C
                            /\ Cardinality(waiting) <= Cap - (gate.offered - Drawn)
                       THEN {V(u) : u \in waiting} ELSE promised
  /\ UNCHANGED <<core, w, enq, ahead, line>>

CloseCas(t) ==
  /\ pc[t] = "close.cas"
  /\ IF IsStill(t)
     THEN /\ gate' = [g[t] EXCEPT !.C = TRUE, !.held = e[t][2]]
          /\ ReleaseWaiters(t, g[t], "CloseDone")
     ELSE Goto(t, "close.again", NoGate, Nothing, stack[t]) /\ UNCHANGED gate
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* releaseWaiters; when nobody is left the WaiterList goes, with whatever never came to count
ReleaseReceivers(t) ==
  /\ pc[t] = "releaseReceivers"
  /\ \E u \in First("recv") :
       IF u = None
       THEN /\ list' = [list EXCEPT !["recv"] = <<>>]
            /\ front' = [front EXCEPT !["recv"] = None]
            /\ ReleaseSenders(t, g[t], stack[t])
            /\ UNCHANGED <<phase, w>>
       ELSE /\ Win(t, u)
            /\ Call(t, "release", g[t], "releaseReceivers")
            /\ UNCHANGED <<list, front>>
  /\ UNCHANGED <<gate, queue, taken, val, permit, enq, ahead, before, seen, late, line,
                 promised>>

Settle(t) ==
  /\ pc[t] = "settle"
  /\ IF gate.held = 0 THEN Return(t) ELSE Call(t, "admit", NoGate, "settle")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

\* While a slot is in somebody's hand, a sender who waits may be the one that gets it.
ReleaseTheSenders(t) ==
  /\ pc[t] = "releaseSenders"
  /\ IF gate.hand > 0 /\ Bug # "release beside a hand"
     THEN Return(t) /\ UNCHANGED <<phase, w, list, front>>
     ELSE \E u \in First("send") :
       IF u = None
       THEN /\ list' = [list EXCEPT !["send"] = <<>>]
            /\ front' = [front EXCEPT !["send"] = None]
            /\ Return(t)
            /\ UNCHANGED <<phase, w>>
       ELSE /\ Win(t, u)
            /\ Call(t, "release", g[t], "releaseSenders")
            /\ UNCHANGED <<list, front>>
  /\ UNCHANGED <<gate, queue, taken, val, permit, enq, ahead, before, seen, late, line,
                 promised>>

\* GatedChannel.release
Release(t) ==
  /\ pc[t] = "release"
  /\ Complete(t, CLOSED, "return", e[t])
  /\ UNCHANGED <<gate, queue, taken, front, list, permit, enq, ahead, before, seen, late, line,
                 promised>>
-----------------------------------------------------------------------------
(* enqueue: in front, or else in the list *)

AheadOf(t) == {u \in Threads \ {t} : enq[u] /\ IsOpen(u) /\ Dir(u) = Dir(t)}

\* enqueueInFront: the gate
Front(t) ==
  /\ pc[t] = "front"
  /\ LET d == Dir(t)
         no == \/ gate.C \/ Flag(gate, d)
               \/ Cap > 0 /\ d = "recv" /\ gate.count > 0
               \/ Cap > 0 /\ d = "send" /\ (gate.R \/ ~IsFull(gate))
     IN IF no THEN GoBack(t, "reserve")
        ELSE GoWith(t, IF Cap > 0 THEN IF d = "recv" THEN "front.drained" ELSE "front.reserve"
                       ELSE IF Flag(gate, Other(d)) THEN "front.scan" ELSE "front.reserve", gate)
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

\* mustWaitToReceive, mustWaitToSend of an unbuffered channel; mustWaitToReceive of a buffered one
FrontMustWait(t) ==
  /\ \/ /\ pc[t] = "front.scan"
        /\ \E u \in First(Other(Dir(t))) :
             IF u = None \/ StillToLook(Other(Dir(t)), g[t]) THEN Go(t, "front.reserve") ELSE GoBack(t, "reserve")
     \/ /\ pc[t] = "front.drained"
        /\ IF gate # g[t] THEN GoBack(t, "reserve") ELSE IsDrained /\ Go(t, "front.reserve")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

FrontReserve(t) ==
  /\ pc[t] = "front.reserve"
  /\ IF front[Dir(t)] = None
     THEN /\ front' = [front EXCEPT ![Dir(t)] = t]
          /\ phase' = [phase EXCEPT ![t] = "RESERVED"]
          /\ ahead' = [ahead EXCEPT ![t] = AheadOf(t)]
          /\ Go(t, "front.open")
     ELSE GoBack(t, "reserve") /\ UNCHANGED <<front, phase, ahead>>
  /\ UNCHANGED <<gate, queue, taken, list, val, permit, w, enq, before, seen, late, line, promised>>

\* Waiter.open
Open(t) ==
  /\ pc[t] \in {"front.open", "open"}
  /\ phase' = [phase EXCEPT ![t] = "OPEN"]
  /\ val' = [val EXCEPT ![t] = IF Dir(t) = "send" THEN V(t) ELSE Nothing]
  /\ Go(t, IF pc[t] = "front.open" THEN "front.cas" ELSE IF enq[t] THEN "announce" ELSE "enqueue")
  /\ UNCHANGED <<gate, queue, taken, front, list, permit, w, enq, ahead, before, seen, late, line,
                 promised>>

WithWaiter(t) == [WithFlag(g[t], Dir(t), TRUE) EXCEPT !.ver = @ + 1]

\* enqueueReceiver.front, enqueueSender.front
FrontCas(t) ==
  /\ pc[t] = "front.cas"
  /\ IF IsStill(t)
     THEN /\ gate' = WithWaiter(t)
          /\ enq' = [enq EXCEPT ![t] = TRUE] /\ GoBack(t, "announce")
     ELSE GoBack(t, "front.abandon") /\ UNCHANGED <<gate, enq>>
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, ahead, before, seen, late,
                 line, promised>>

\* Claim.abandon; if a peer has won meanwhile, there is nothing to abandon
Abandon(t) ==
  /\ pc[t] \in {"front.abandon", "abandon"}
  /\ IF IsOpen(t) \/ phase[t] = "RESERVED"
     THEN Free(t) /\ Go(t, IF pc[t] = "abandon" THEN PollOrOffer(t) ELSE "reserve")
     ELSE Go(t, "announce") /\ UNCHANGED <<front, list, phase, val, enq, ahead>>
  /\ UNCHANGED <<gate, queue, taken, permit, w, before, seen, late, line, promised>>

\* WaiterList.reserve
Reserve(t) ==
  /\ pc[t] = "reserve"
  /\ list' = [list EXCEPT ![Dir(t)] = Append(@, t)]
  /\ phase' = [phase EXCEPT ![t] = "RESERVED"]
  /\ ahead' = [ahead EXCEPT ![t] = AheadOf(t)]
  /\ Go(t, IF Bug = "flag before waiter" THEN "enqueue" ELSE "open")
  /\ UNCHANGED <<gate, queue, taken, front, val, permit, w, enq, before, seen, late, line,
                 promised>>

\* enqueueReceiver, enqueueSender: the gate, and what of mustWait it says
Enqueue(t) ==
  /\ pc[t] = "enqueue"
  /\ LET d == Dir(t)
         no == \/ gate.C
               \/ Cap > 0 /\ d = "recv" /\ gate.count > 0
               \/ Cap > 0 /\ d = "send" /\ (gate.R \/ ~IsFull(gate))
     IN IF no THEN GoBack(t, "abandon")
        ELSE GoWith(t, IF Cap > 0 THEN IF d = "recv" THEN "enqueue.drained" ELSE "opened"
                       ELSE IF Flag(gate, Other(d)) THEN "enqueue.scan" ELSE "opened", gate)
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

EnqueueMustWait(t) ==
  /\ \/ /\ pc[t] = "enqueue.scan"
        /\ \E u \in First(Other(Dir(t))) :
             IF u = None \/ StillToLook(Other(Dir(t)), g[t]) THEN Go(t, "opened") ELSE GoBack(t, "abandon")
     \/ /\ pc[t] = "enqueue.drained"
        /\ IF gate # g[t] THEN GoBack(t, "abandon")
           ELSE /\ IsDrained \/ Bug = "enqueues while a value is in transit"
                /\ Go(t, "opened")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

\* enqueueReceiver.opened, enqueueSender.opened: the CAS
Opened(t) ==
  /\ pc[t] = "opened"
  /\ IF IsStill(t)
     THEN /\ gate' = WithWaiter(t)
          /\ enq' = [enq EXCEPT ![t] = TRUE]
          /\ GoBack(t, IF Bug = "flag before waiter" THEN "open" ELSE "announce")
     ELSE GoBack(t, "enqueue") /\ UNCHANGED <<gate, enq>>
  /\ UNCHANGED <<queue, taken, front, list, phase, val, permit, w, ahead, before, seen, late,
                 line, promised>>
-----------------------------------------------------------------------------
(* park *)

\* Claim.announcePark
Announce(t) ==
  /\ pc[t] = "announce"
  /\ IF phase[t] = "OPEN"
     THEN phase' = [phase EXCEPT ![t] = "PARKED"] /\ Go(t, "announced")
     ELSE UNCHANGED phase /\ Go(t, "awaitDone")
  /\ UNCHANGED <<gate, queue, taken, front, list, val, permit, w, enq, ahead, before, seen, late,
                 line, promised>>

\* Parker.await: is the claim open?
Announced(t) ==
  /\ pc[t] = "announced"
  /\ Go(t, IF IsOpen(t) THEN "park" ELSE "awaitDone")
  /\ UNCHANGED <<core, w, enq, ahead, before, seen, late, line, promised>>

\* LockSupport.park returns
Park(t) ==
  /\ pc[t] = "park"
  /\ permit[t]
  /\ permit' = [permit EXCEPT ![t] = FALSE]
  /\ Go(t, "announced")
  /\ UNCHANGED <<gate, queue, taken, front, list, phase, val, w, enq, ahead, before, seen, late,
                 line, promised>>

\* Interrupted: InterruptedException.  Deadline: poll or offer once more.
Cancel(t) ==
  /\ t \in Impatient
  /\ pc[t] \in {"announced", "park"}
  /\ phase[t] = "PARKED"
  /\ Free(t)
  /\ \/ Go(t, "Interrupted")
     \/ /\ pc' = [pc EXCEPT ![t] = PollOrOffer(t)]
        /\ last' = [last EXCEPT ![t] = TRUE]
        /\ UNCHANGED <<stack, n, g, e, sent, got, refused, closed, drained, postponed>>
  /\ UNCHANGED <<gate, queue, taken, permit, w, before, seen, late, line, promised>>

\* Parker.awaitDone, then the result; helpClose
AwaitDone(t) ==
  /\ pc[t] = "awaitDone"
  /\ phase[t] = "DONE"
  /\ Free(t)
  /\ IF val[t] = CLOSED THEN ReleaseWaiters(t, gate, IF Dir(t) = "send" THEN "Panic" ELSE "Closed")
     ELSE IF Dir(t) = "send" THEN Go(t, "Sent")
     ELSE Goto(t, "Got", NoGate, val[t], <<>>)
  /\ UNCHANGED <<gate, queue, taken, permit, w, before, seen, late, line, promised>>
-----------------------------------------------------------------------------
(* Where it may end. *)

Parked(t) == pc[t] = "park" /\ phase[t] = "PARKED" /\ ~permit[t]

\* Everybody has ended, or waits for what is not there; and no value is lost.
Settled ==
  /\ \A t \in Threads : pc[t] = "done" \/ Parked(t)
  /\ \A t \in Threads : Parked(t) =>
       /\ ~gate.C
       /\ Dir(t) = "recv" => gate.count = 0 /\ queue = <<>>
       /\ Dir(t) = "send" => gate.count = Cap /\ Len(queue) = Cap
       /\ \A u \in Threads : Parked(u) => Dir(u) = Dir(t)
  /\ sent = got \cup Range(queue)
  /\ Len(queue) = gate.count /\ gate.held + gate.hand = 0

-----------------------------------------------------------------------------
Step(t) ==
  \/ Unpark(t)
  \/ Offer(t) \/ SendGranted(t) \/ HandOver(t) \/ OfferClear(t)
  \/ HandOverWon(t) \/ HandOverClear(t) \/ HandOverLate(t) \/ HandOverComplete(t)
  \/ Poll(t) \/ PollClosed(t) \/ ReceiveWin(t) \/ PollClear(t)
  \/ ReceiveWon(t) \/ ReceiveClear(t) \/ ReceiveLate(t) \/ ReceiveComplete(t)
  \/ ReceiveGranted(t) \/ MarkServed(t) \/ MarkThoseWon(t) \/ Releasing(t) \/ SendAway(t)
  \/ TakeAndAdmit(t) \/ TakeAndAdmitClear(t) \/ TakeAndAdmitCas(t) \/ ReceiveAdmitting(t)
  \/ Admit(t) \/ AdmitWin(t) \/ AdmitGiveUp(t) \/ AdmitWon(t) \/ AdmitGrant(t)
  \/ AdmitPut(t) \/ AdmitComplete(t) \/ AdmitOver(t)
  \/ Close(t) \/ CloseCas(t) \/ ReleaseReceivers(t) \/ Settle(t) \/ ReleaseTheSenders(t)
  \/ Release(t)
  \/ Front(t) \/ FrontMustWait(t) \/ FrontReserve(t) \/ Open(t) \/ FrontCas(t) \/ Abandon(t)
  \/ Reserve(t) \/ Enqueue(t) \/ EnqueueMustWait(t) \/ Opened(t)
  \/ Announce(t) \/ Announced(t) \/ Park(t) \/ AwaitDone(t)

\* All else in which nobody can go on is a deadlock to TLC: a lost wake-up.
Rest == Settled /\ UNCHANGED vars

Next == (\E t \in Threads : Step(t) \/ Cancel(t)) \/ Rest

Spec == Init /\ [][Next]_vars /\ \A t \in Threads : WF_vars(Step(t))
-----------------------------------------------------------------------------
(* What is checked, besides the Asserts above. *)

ExactCapacity ==
  /\ gate.count >= 0 /\ gate.held >= 0 /\ gate.hand >= 0
  /\ gate.count + gate.held + gate.hand <= Cap
  /\ Len(queue) <= Cap
  \* there is room for every slot in somebody's hand
  /\ gate.hand <= Cap - (gate.offered - taken)
  \* the k-th receive begins before the (k+Cap)-th send completes
  /\ Cardinality(sent \ got) <= Cap + Cardinality(Receiving(None))

\* Sends take effect before the close, receives that began after it do so after it, in line.
RoomBeforeClose == postponed # Never => Len(line) <= Cap + postponed - 1

\* GatedChannel, invariant 1
FlagsSayWhy ==
  ~gate.C => /\ gate.R => gate.count + gate.held + gate.hand = 0
             /\ gate.S => IsFull(gate)

\* GatedChannel, invariant 2
Visible ==
  \A t \in Threads : enq[t] /\ IsOpen(t) =>
    /\ t \in Range(InOrder(Dir(t)))
    /\ ~gate.C => Flag(gate, Dir(t))

\* Claim, invariant 1
OneWinner ==
  /\ \A t, u \in Threads :
       t # u /\ w[t] # None /\ pc[t] # "unpark" /\ pc[u] # "unpark" => w[t] # w[u]
  /\ \A t \in Threads : w[t] # None /\ pc[t] # "unpark" => IsWon(w[t])

\* No lost wake-up, and no endless retry
EventuallySettled == <>[]Settled
=============================================================================
