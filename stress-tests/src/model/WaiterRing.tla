----------------------------- MODULE WaiterRing -----------------------------
(***************************************************************************)
(* One ring of waiters: reserve, scan, win, give back, seal.               *)
(*                                                                         *)
(* The code: WaiterRing, and the states of Waiter and Claim.  Each action  *)
(* is one access to memory that others see; the code names it ("Model:").  *)
(* Waiter.look is one action, because what it says is so when it reads the *)
(* state, or when its CAS succeeds; how a scan and a select agree that a   *)
(* place is buried is in Select.                                           *)
(*                                                                         *)
(* Position p is the use of cell p % Size in lap p / Size + 1.  A cell is  *)
(* what its state word says, [lap, ph, ep], and whose it is.               *)
(*                                                                         *)
(* Not here: the chain of rings (WaiterList), which this ring's seal and   *)
(* drained state are for; what a waiter waits for (Channel, Select).       *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
  Threads,
  Prog, \* Prog[t]: "wait": a plain operation; "loop": a select's place, in two rounds;
        \* "win": winFirst; "find": firstLive; "seal"; one after the other
  Size,
  Bug   \* a planted mistake, or "none"

VARIABLES
  cell, head, tail, sealed,
  claim, \* claim[t]: [ep, st] of a select: "open", "won", "over"
  pc, n,
  p, s, from, pending, passed, allDead, \* locals of reserve and find
  ret,   \* where find returns to
  back,  \* where isAnyLive is on its way from pending to p, or -1
  mine,  \* mine[t]: the position that t has reserved, or -1
  \* What the code does not know.
  ended,  \* positions whose reserve has returned
  older,  \* older[q]: who was live when the reserve of q began
  began   \* began[t]: the same, when the reserve or the scan of t began

vars == <<cell, head, tail, sealed, claim, pc, n, p, s, from, pending, passed, allDead, ret, back,
          mine, ended, older, began>>
-----------------------------------------------------------------------------
Cells == 0 .. Size - 1
At(q) == q % Size
Lap(q) == (q \div Size) + 1
Pos(c) == (cell[c].lap - 1) * Size + c
End == IF sealed THEN tail + 1 ELSE tail
None == "none"
NoState == [lap |-> 0, ph |-> "FREE", ep |-> 0, of |-> None]

IsVacant(x) == x.ph = "FREE"
  \/ (x.ph = "BURIED" /\ (claim[x.of].ep # x.ep \/ claim[x.of].st = "over"))

IsLiveState(x) == x.ph = "OPEN"
  \/ (x.ph = "LENT" /\ claim[x.of].st = "open")

IsLive(q) == q >= 0 /\ cell[At(q)].lap = Lap(q) /\ IsLiveState(cell[At(q)])

\* Who may be won now; whether that one still may, in the same place and round.
RoundOf(x) == IF x.ph = "LENT" THEN claim[x.of].ep ELSE 0
Live == {<<Pos(c), RoundOf(cell[c])>> : c \in {c \in Cells : IsLiveState(cell[c])}}
IsStill(x) == IsLive(x[1]) /\ RoundOf(cell[At(x[1])]) = x[2]

Init ==
  /\ cell = [c \in Cells |-> NoState]
  /\ head = 0 /\ tail = 0 /\ sealed = FALSE
  /\ claim = [t \in Threads |-> [ep |-> 0, st |-> "over"]]
  /\ pc = [t \in Threads |-> Prog[t][1]]
  /\ n = [t \in Threads |-> 1]
  /\ p = [t \in Threads |-> -1]
  /\ s = [t \in Threads |-> NoState]
  /\ from = [t \in Threads |-> -1]
  /\ pending = [t \in Threads |-> -1]
  /\ passed = [t \in Threads |-> 0]
  /\ allDead = [t \in Threads |-> TRUE]
  /\ ret = [t \in Threads |-> None]
  /\ back = [t \in Threads |-> -1]
  /\ mine = [t \in Threads |-> -1]
  /\ ended = {}
  /\ older = <<>>
  /\ began = [t \in Threads |-> {}]

Go(t, label) == pc' = [pc EXCEPT ![t] = label]

shared == <<cell, head, tail, sealed, claim>>
scan == <<from, pending, allDead, back>>
ghosts == <<ended, older>>

\* The operation of t has ended.
Finish(t) ==
  /\ n' = [n EXCEPT ![t] = @ + 1]
  /\ Go(t, IF n[t] = Len(Prog[t]) THEN "done" ELSE Prog[t][n[t] + 1])
  /\ p' = [p EXCEPT ![t] = -1] /\ s' = [s EXCEPT ![t] = NoState]
  /\ from' = [from EXCEPT ![t] = -1] /\ pending' = [pending EXCEPT ![t] = -1]
  /\ passed' = [passed EXCEPT ![t] = 0] /\ allDead' = [allDead EXCEPT ![t] = TRUE]
  /\ ret' = [ret EXCEPT ![t] = None] /\ back' = [back EXCEPT ![t] = -1]
  /\ mine' = [mine EXCEPT ![t] = -1] /\ began' = [began EXCEPT ![t] = {}]
-----------------------------------------------------------------------------
(* reserve *)

\* The tail. A select's claim is open before it asks for a place.
Reserve(t) ==
  /\ pc[t] \in {"wait", "loop", "reserve"}
  /\ claim' = IF pc[t] = "loop" THEN [claim EXCEPT ![t] = [ep |-> 1, st |-> "open"]] ELSE claim
  /\ began' = IF pc[t] = "reserve" THEN began ELSE [began EXCEPT ![t] = Live]
  /\ p' = [p EXCEPT ![t] = tail]
  /\ Go(t, IF sealed THEN "reserve.null"
           ELSE IF tail - head >= Size THEN "isStillFull" ELSE "reserve.state")
  /\ UNCHANGED <<cell, head, tail, sealed, n, s, passed, ret, mine>> /\ UNCHANGED scan
  /\ UNCHANGED ghosts

\* find, for the sake of head
IsStillFull(t) ==
  /\ \/ /\ pc[t] = "isStillFull"
        /\ ret' = [ret EXCEPT ![t] = "isStillFull.found"]
        /\ Go(t, "find")
        /\ s' = [s EXCEPT ![t] = [NoState EXCEPT !.lap = p[t]]] \* keeps the tail that it read
        /\ UNCHANGED <<p, from, pending, allDead, back>>
     \/ /\ pc[t] = "isStillFull.found"
        /\ p' = [p EXCEPT ![t] = s[t].lap]
        /\ s' = [s EXCEPT ![t] = NoState]
        /\ Go(t, IF s[t].lap - head >= Size THEN "reserve.null" ELSE "reserve.state")
        /\ from' = [from EXCEPT ![t] = -1] /\ pending' = [pending EXCEPT ![t] = -1]
        /\ allDead' = [allDead EXCEPT ![t] = TRUE] /\ back' = [back EXCEPT ![t] = -1]
        /\ UNCHANGED ret
  /\ UNCHANGED <<n, passed, mine, began>> /\ UNCHANGED shared /\ UNCHANGED ghosts

\* The state of the cell at that position; whether it is vacant
ReserveState(t) ==
  /\ pc[t] = "reserve.state"
  /\ LET x == cell[At(p[t])]
     IN IF x.lap < Lap(p[t])
        THEN IF IsVacant(x)
             THEN /\ s' = [s EXCEPT ![t] = x]
                  /\ Go(t, IF Bug = "tail not read again" THEN "reserve.cas" ELSE "reserve.tail")
                  /\ UNCHANGED passed
             ELSE /\ passed' = [passed EXCEPT ![t] = @ + 1]
                  /\ Go(t, IF passed[t] >= Size THEN "reserve.null" ELSE "reserve.help")
                  /\ UNCHANGED s
        ELSE Go(t, "reserve.help") /\ UNCHANGED <<s, passed>>
  /\ UNCHANGED <<n, p, ret, mine, began>> /\ UNCHANGED shared /\ UNCHANGED scan /\ UNCHANGED ghosts

\* tail == t
ReserveTail(t) ==
  /\ pc[t] = "reserve.tail"
  /\ Go(t, IF tail = p[t] /\ ~sealed THEN "reserve.cas" ELSE "reserve")
  /\ UNCHANGED <<n, p, s, passed, ret, mine, began>> /\ UNCHANGED shared /\ UNCHANGED scan
  /\ UNCHANGED ghosts

\* Waiter.reserve(s, lap)
ReserveCas(t) ==
  /\ pc[t] = "reserve.cas"
  /\ IF cell[At(p[t])] = s[t]
     THEN /\ Assert(p[t] >= head, "reserved where scans do not come any more")
          /\ Assert(\A q \in ended : q < p[t], "reserved ahead of one who had a place")
          /\ Assert(~(sealed /\ head = tail + 1), "reserved in a drained ring")
          /\ cell' = [cell EXCEPT ![At(p[t])] =
                        [lap |-> Lap(p[t]), ph |-> "RESERVED", ep |-> 0, of |-> t]]
          /\ mine' = [mine EXCEPT ![t] = p[t]]
          /\ older' = older @@ (p[t] :> began[t])
          /\ Go(t, "reserve.help")
     ELSE /\ Go(t, "reserve")
          /\ UNCHANGED <<cell, mine, older>>
  /\ s' = [s EXCEPT ![t] = NoState]
  /\ UNCHANGED <<head, tail, sealed, claim, n, p, passed, ret, ended, began>> /\ UNCHANGED scan

\* The tail moves on, by whoever comes first.
ReserveHelp(t) ==
  /\ pc[t] = "reserve.help"
  /\ tail' = IF tail = p[t] /\ ~sealed THEN tail + 1 ELSE tail
  /\ IF mine[t] >= 0
     THEN Go(t, "reserve.returned") /\ ended' = ended \cup {mine[t]}
     ELSE Go(t, "reserve") /\ UNCHANGED ended
  /\ p' = [p EXCEPT ![t] = -1]
  /\ UNCHANGED <<cell, head, sealed, claim, n, s, passed, ret, mine, older,
                 began>> /\ UNCHANGED scan

\* Full or sealed: the list grows, which is not here.
ReserveNull(t) ==
  /\ pc[t] = "reserve.null"
  /\ Finish(t)
  /\ claim' = [claim EXCEPT ![t].st = "over"]
  /\ UNCHANGED <<cell, head, tail, sealed>> /\ UNCHANGED ghosts
-----------------------------------------------------------------------------
(* The owner. *)

Mine(t) == cell[At(mine[t])]
IsMine(t) == Mine(t).lap = Lap(mine[t])
SetMine(t, x) == cell' = [cell EXCEPT ![At(mine[t])] = x]
NoScan(t) == /\ UNCHANGED <<head, tail, sealed, p, s, passed, ret>> /\ UNCHANGED scan
             /\ UNCHANGED ghosts

\* Waiter.open, Waiter.lend
OpenOrLend(t) ==
  /\ pc[t] = "reserve.returned"
  /\ IF Prog[t][n[t]] = "wait"
     THEN SetMine(t, [Mine(t) EXCEPT !.ph = "OPEN"]) /\ Go(t, "waits")
     ELSE SetMine(t, [Mine(t) EXCEPT !.ph = "LENT", !.ep = 1]) /\ Go(t, "round")
  /\ began' = [began EXCEPT ![t] = {}]
  /\ UNCHANGED <<claim, n, mine>> /\ NoScan(t)

\* A plain operation: abandon, or served; then Waiter.free.
Waits(t) ==
  /\ pc[t] = "waits"
  /\ SetMine(t, [Mine(t) EXCEPT !.ph = IF @ = "OPEN" THEN "ABANDONED" ELSE @])
  /\ Go(t, "free")
  /\ UNCHANGED <<claim, n, mine, began>> /\ NoScan(t)

Free(t) ==
  /\ pc[t] = "free"
  /\ SetMine(t, [Mine(t) EXCEPT !.ph = "FREE", !.of = None])
  /\ Finish(t)
  /\ UNCHANGED <<head, tail, sealed, claim>> /\ UNCHANGED ghosts

\* A select: its claim ends, by a peer here or elsewhere, or by itself.
Round(t) ==
  /\ pc[t] = "round"
  /\ claim' = [claim EXCEPT ![t].st = "over"]
  /\ Go(t, IF claim[t].ep = 2 THEN "leave" ELSE "next")
  /\ UNCHANGED <<cell, n, mine, began>> /\ NoScan(t)

\* Claim.open, LoopClaim.opened: the next round, for which the place is as it was
NextRound(t) ==
  /\ pc[t] = "next"
  /\ claim' = [claim EXCEPT ![t] = [ep |-> 2, st |-> "open"]]
  /\ Go(t, "round")
  /\ UNCHANGED <<cell, n, mine, began>> /\ NoScan(t)

\* Waiter.leave: LEAVING, if the place was not taken over; then FREE
Leave(t) ==
  /\ pc[t] = "leave"
  /\ IF IsMine(t)
     THEN SetMine(t, [Mine(t) EXCEPT !.ph = "LEAVING"]) /\ Go(t, "free") /\ UNCHANGED <<n, mine>>
          /\ UNCHANGED began /\ NoScan(t)
     ELSE Finish(t) /\ UNCHANGED <<cell, head, tail, sealed>> /\ UNCHANGED ghosts
  /\ UNCHANGED claim
-----------------------------------------------------------------------------
(* scan *)

\* The head.
Find(t) ==
  /\ pc[t] \in {"win", "find"}
  /\ from' = [from EXCEPT ![t] = head]
  /\ p' = [p EXCEPT ![t] = head]
  /\ pending' = [pending EXCEPT ![t] = -1]
  /\ allDead' = [allDead EXCEPT ![t] = TRUE]
  /\ back' = [back EXCEPT ![t] = -1]
  /\ began' = IF ret[t] = None THEN [began EXCEPT ![t] = Live] ELSE began
  /\ ret' = IF ret[t] = None THEN [ret EXCEPT ![t] = pc[t]] ELSE ret
  /\ Go(t, "find.look")
  /\ UNCHANGED <<n, s, passed, mine>> /\ UNCHANGED shared /\ UNCHANGED ghosts

\* Is p in front of the end, and Waiter.look
FindLook(t) ==
  /\ pc[t] = "find.look"
  /\ IF p[t] >= End
     THEN /\ Go(t, IF allDead[t] THEN "find.noneAndMove" ELSE "find.none")
          /\ UNCHANGED <<cell, p, pending, allDead>>
     ELSE LET x == cell[At(p[t])]
              dead == /\ p' = [p EXCEPT ![t] = @ + 1]
                      /\ UNCHANGED <<pc, pending, allDead>>
          IN IF x.lap # Lap(p[t])
             THEN /\ IF x.lap < Lap(p[t]) /\ IsVacant(x) /\ Bug # "vacant passed as it is"
                     THEN cell' = [cell EXCEPT ![At(p[t])] =
                                     [lap |-> Lap(p[t]), ph |-> x.ph, ep |-> x.ep, of |-> x.of]]
                     ELSE UNCHANGED cell
                  /\ dead
             ELSE IF IsLiveState(x)
             THEN /\ Go(t, IF allDead[t] THEN "find.moveAndReturn" ELSE "find.live")
                  /\ allDead' = [allDead EXCEPT ![t] = FALSE]
                  /\ UNCHANGED <<cell, p, pending>>
             ELSE IF x.ph = "RESERVED" /\ Bug # "pending is dead"
             THEN /\ pending' = [pending EXCEPT ![t] = IF @ < 0 THEN p[t] ELSE @]
                  /\ allDead' = [allDead EXCEPT ![t] = FALSE]
                  /\ IF allDead[t] THEN Go(t, "find.moveAndGoOn") /\ UNCHANGED p
                     ELSE p' = [p EXCEPT ![t] = @ + 1] /\ UNCHANGED pc
                  /\ UNCHANGED cell
             ELSE /\ IF x.ph = "LENT"
                     THEN cell' = [cell EXCEPT ![At(p[t])].ph = "BURIED",
                                               ![At(p[t])].ep = claim[x.of].ep]
                     ELSE UNCHANGED cell
                  /\ dead
  /\ UNCHANGED <<head, tail, sealed, claim, n, s, from, passed, ret, back, mine, began>>
  /\ UNCHANGED ghosts

\* moveHead: the CAS
FindMove(t) ==
  /\ pc[t] \in {"find.noneAndMove", "find.moveAndReturn", "find.moveAndGoOn"}
  /\ head' = IF head = from[t] THEN p[t] ELSE head
  /\ CASE pc[t] = "find.noneAndMove" -> Go(t, "find.none") /\ UNCHANGED p
       [] pc[t] = "find.moveAndReturn" -> Go(t, "find.live") /\ UNCHANGED p
       [] OTHER -> Go(t, "find.look") /\ p' = [p EXCEPT ![t] = @ + 1]
  /\ UNCHANGED <<cell, tail, sealed, claim, n, s, from, pending, passed, allDead, ret, back, mine,
                 began>> /\ UNCHANGED ghosts

\* A live one: is there one behind, which was pending then? isAnyLive, position by position
FindLive(t) ==
  /\ pc[t] = "find.live"
  /\ LET q == IF back[t] >= 0 THEN back[t] ELSE pending[t]
     IN IF pending[t] < 0 \/ q = p[t] \/ Bug = "no look back"
        THEN Go(t, "find.found") /\ UNCHANGED back
        ELSE IF IsLive(q)
        THEN Go(t, "find") /\ UNCHANGED back
        ELSE back' = [back EXCEPT ![t] = q + 1] /\ UNCHANGED pc
  /\ UNCHANGED <<n, p, s, from, pending, passed, allDead, ret, mine, began>>
  /\ UNCHANGED shared /\ UNCHANGED ghosts

\* Nobody: of those that were there when the scan began, all must have gone.
FindNone(t) ==
  /\ pc[t] = "find.none"
  /\ Assert(\A x \in began[t] : ~IsStill(x) \/ ret[t] = "isStillFull.found",
            "a live one was missed")
  /\ IF ret[t] = "isStillFull.found"
     THEN Go(t, ret[t]) /\ ret' = [ret EXCEPT ![t] = None]
          /\ UNCHANGED <<n, p, s, from, pending, passed, allDead, back, mine, began>>
     ELSE Finish(t)
  /\ UNCHANGED shared /\ UNCHANGED ghosts

\* winAt, where that is wanted; if it is gone, the scan begins again (WaiterList.scan).
FindFound(t) ==
  /\ pc[t] = "find.found"
  /\ CASE ret[t] = "isStillFull.found" ->
            /\ Go(t, ret[t]) /\ ret' = [ret EXCEPT ![t] = None]
            /\ UNCHANGED <<cell, claim, n, p, s, from, pending, passed, allDead, back, mine, began>>
       [] ret[t] = "find" ->
            /\ Assert(\A x \in began[t] : x[1] < p[t] => ~IsStill(x), "one ahead was missed")
            /\ Finish(t)
            /\ UNCHANGED <<cell, claim>>
       [] ret[t] = "win" /\ IsLive(p[t]) ->
            /\ Assert(\A x \in older[p[t]] : ~IsStill(x), "served before one who came first")
            /\ LET x == cell[At(p[t])]
               IN IF x.ph = "OPEN"
                  THEN cell' = [cell EXCEPT ![At(p[t])].ph = "DONE"] /\ UNCHANGED claim
                  ELSE claim' = [claim EXCEPT ![x.of].st = "won"] /\ UNCHANGED cell
            /\ Finish(t)
       [] OTHER ->
            /\ Go(t, "find")
            /\ UNCHANGED <<cell, claim, n, p, s, from, pending, passed, allDead, ret, back, mine,
                           began>>
  /\ UNCHANGED <<head, tail, sealed>> /\ UNCHANGED ghosts

Seal(t) ==
  /\ pc[t] = "seal"
  /\ sealed' = TRUE
  /\ Finish(t)
  /\ UNCHANGED <<cell, head, tail, claim>> /\ UNCHANGED ghosts
-----------------------------------------------------------------------------
Step(t) ==
  \/ Reserve(t) \/ IsStillFull(t) \/ ReserveState(t) \/ ReserveTail(t) \/ ReserveCas(t)
  \/ ReserveHelp(t) \/ ReserveNull(t)
  \/ OpenOrLend(t) \/ Waits(t) \/ Free(t) \/ Round(t) \/ NextRound(t) \/ Leave(t)
  \/ Find(t) \/ FindLook(t) \/ FindMove(t) \/ FindLive(t) \/ FindNone(t) \/ FindFound(t)
  \/ Seal(t)

\* All else in which nobody can go on is a deadlock to TLC.
Rest == (\A t \in Threads : pc[t] = "done") /\ UNCHANGED vars

Next == (\E t \in Threads : Step(t)) \/ Rest

Spec == Init /\ [][Next]_vars /\ \A t \in Threads : WF_vars(Step(t))
-----------------------------------------------------------------------------
(* What is checked, besides the Asserts above. *)

\* Invariant 1: a scan that begins now comes to every live place, and to every pending one whose
\* reserve has returned.
InReach ==
  \A c \in Cells :
    LET q == Pos(c)
    IN /\ IsLiveState(cell[c]) => head <= q /\ q < End
       /\ cell[c].ph = "RESERVED" => head <= q /\ q <= tail
       /\ cell[c].ph = "RESERVED" /\ q \in ended => q < End

\* Invariant 4
DrainedForGood ==
  sealed /\ head = End => \A c \in Cells : ~IsLiveState(cell[c]) /\ cell[c].ph # "RESERVED"

HeadBehindEnd == head <= End

\* One owner for each place.
OneOwner ==
  \A t, u \in Threads : t # u /\ mine[t] >= 0 => mine[t] # mine[u]

\* Everybody comes to an end; nobody waits for anybody here.
EventuallyDone == <>(\A t \in Threads : pc[t] = "done")
=============================================================================
