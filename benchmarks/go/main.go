// The shapes in Go: the twin of ShapeFork.java and FootprintFork.java, with the same arguments
// (without the first), the same batches and the same lines on standard output.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:generate go run ./gen

// shape has the fields of Shape.java.
type shape struct {
	id, kind                           string
	capacity, width, hot, values, work int
}

var programs = map[string]func(shape) time.Duration{
	"CROWD":                         crowd,
	"PING_PONG":                     pingPong,
	"PAIRS":                         pairs,
	"CHAIN":                         chain,
	"FILL":                          fill,
	"SELECT":                        selects,
	"CLOSE_WAITERS":                 closeWaiters,
	"MAKE_CHAN":                     makeChan,
	"CHAN_CREATION":                 chanCreation,
	"CHAN_NONBLOCKING":              chanNonblocking,
	"CHAN_CLOSED":                   chanClosed,
	"RECEIVE_DATA_FROM_CLOSED_CHAN": receiveDataFromClosedChan,
	"CHAN_SEM":                      chanSem,
	"CHAN_UNCONTENDED":              chanUncontended,
	"CHAN_CONTENDED":                chanContended,
	"CHAN_SYNC":                     chanSync,
	"CHAN_PROD_CONS":                chanProdCons,
	"SELECT_UNCONTENDED":            selectUncontended,
	"SELECT_ASYNC_CONTENDED":        selectAsyncContended,
	"SELECT_SYNC_CONTENDED":         selectSyncContended,
	"SELECT_PROD_CONS":              selectProdCons,
	"SELECT_NONBLOCK":               selectNonblock,
	"CHAN_POPULAR":                  chanPopular,
}

func main() {
	if os.Args[1] == "footprint" {
		footprint(number(os.Args[2]))
		return
	}
	warm := time.Duration(number(os.Args[2])) * time.Millisecond
	batches := number(os.Args[3])
	limit := time.Duration(number(os.Args[4])) * time.Millisecond
	watchdog := time.Duration(number(os.Args[5])) * time.Second
	budget := time.Duration(number(os.Args[6])) * time.Millisecond
	begin := time.Now()
	for _, spec := range strings.Split(os.Args[7], ",") {
		s := parse(spec)
		if budget > 0 && time.Since(begin) > budget {
			fmt.Println("#late", s.id)
			continue
		}
		measure(s, warm, batches, limit, watchdog)
	}
}

func measure(s shape, warm time.Duration, batches int, limit, watchdog time.Duration) {
	run := programs[s.kind]
	if run == nil {
		fmt.Println("#skip", s.id)
		return
	}
	fmt.Println("#begin", s.id)
	runtime.GC()
	for start := time.Now(); ; {
		fmt.Println("#warm", guarded(run, s, watchdog).Nanoseconds())
		if time.Since(start) >= warm {
			break
		}
	}
	start := time.Now()
	for i := 0; i < batches && time.Since(start) < limit; i++ {
		before := allocated()
		elapsed := guarded(run, s, watchdog)
		bytes := allocated() - before
		fmt.Println("#batch", elapsed.Nanoseconds(), operations(s), bytes)
	}
	fmt.Println("#end", s.id)
}

func parse(spec string) shape {
	f := strings.Split(spec, ":")
	return shape{
		f[0], f[1], number(f[2]), number(f[3]), number(f[4]), number(f[5]), number(f[6]),
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

// guarded panics, which prints all goroutines, when a batch takes far too long.
func guarded(run func(shape) time.Duration, s shape, limit time.Duration) time.Duration {
	timer := time.AfterFunc(limit, func() {
		stacks := make([]byte, 1<<20)
		os.Stderr.Write(stacks[:runtime.Stack(stacks, true)])
		panic(s.id + ": no end")
	})
	defer timer.Stop()
	return run(s)
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

func operations(s shape) int {
	if s.kind == "CHAIN" { // a value counts once per channel of the chain
		return s.values * (s.width + 1)
	}
	return s.values
}

// value is what a sender sends in its i-th step.
func value(i int) int { return i & 127 }

// work is steps that each need the one before; the same as in Shape.java.
func work(seed int64, steps int) int64 {
	x := uint64(seed)
	for i := 0; i < steps; i++ {
		x = (x^x>>29)*0x5851F42D4C957F2D + 0x14057B7EF767814F
	}
	return int64(x)
}

func sum(senders, count int) int64 {
	rounds, rest := count/128, count%128
	return int64(senders) * int64(rounds*(127*128/2)+rest*(rest-1)/2)
}

func check(expected, actual int64) {
	if expected != actual {
		panic(fmt.Sprintf("the sum of the received values is %d instead of %d", actual, expected))
	}
}

// crew is the goroutines of one batch.
type crew []func()

func (c *crew) add(work func()) { *c = append(*c, work) }

func (c crew) run() time.Duration {
	var running sync.WaitGroup
	running.Add(len(c))
	start := time.Now()
	for _, work := range c {
		work := work
		go func() {
			work()
			running.Done()
		}()
	}
	running.Wait()
	return time.Since(start)
}
