// The shapes in Go: the twin of ShapeFork.java, with the same arguments (without the first), the
// same batches and the same lines on standard output.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type shape struct {
	run                          func(shape) time.Duration
	capacity, width, hot, values int
}

// The same list stands in Shape.java.
var shapes = map[string]shape{
	"rendezvous-1x1":    {crowd, 0, 1, 0, 1_000_000},
	"cap1-1x1":          {crowd, 1, 1, 0, 1_000_000},
	"cap16-1x1":         {crowd, 16, 1, 0, 2_000_000},
	"cap100-1x1":        {crowd, 100, 1, 0, 3_000_000},
	"rendezvous-8x8":    {crowd, 0, 8, 0, 800_000},
	"cap16-8x8":         {crowd, 16, 8, 0, 2_000_000},
	"cap100-100x100":    {crowd, 100, 100, 0, 3_000_000},
	"ping-pong":         {pingPong, 0, 1, 0, 400_000},
	"pairs10k-cap0":     {pairs, 0, 10_000, 0, 4_000_000},
	"pairs10k-cap16":    {pairs, 16, 10_000, 0, 4_000_000},
	"chain1k-cap0":      {chain, 0, 1_000, 0, 1_000},
	"chain1k-cap16":     {chain, 16, 1_000, 0, 4_000},
	"fill-empty-cap100": {fill, 100, 1, 0, 8_000_000},
	"select2-hot-cap0":  {selects, 0, 2, 2, 600_000},
	"select2-hot-cap16": {selects, 16, 2, 2, 1_500_000},
	"select8-one-hot":   {selects, 0, 8, 1, 250_000},
	"select64-one-hot":  {selects, 0, 64, 1, 100_000},
}

func main() {
	warm := time.Duration(number(1)) * time.Millisecond
	batches := number(2)
	limit := time.Duration(number(3)) * time.Millisecond
	watchdog := time.Duration(number(4)) * time.Second
	for _, id := range strings.Split(os.Args[5], ",") {
		s, known := shapes[id]
		if !known {
			fmt.Println("#skip", id)
			continue
		}
		fmt.Println("#begin", id)
		runtime.GC()
		for start := time.Now(); ; {
			fmt.Println("#warm", guarded(id, watchdog, s).Nanoseconds())
			if time.Since(start) >= warm {
				break
			}
		}
		start := time.Now()
		for i := 0; i < batches && time.Since(start) < limit; i++ {
			before := allocated()
			elapsed := guarded(id, watchdog, s)
			bytes := allocated() - before
			fmt.Println("#batch", elapsed.Nanoseconds(), operations(s), bytes)
		}
		fmt.Println("#end", id)
	}
}

func number(i int) int {
	n, err := strconv.Atoi(os.Args[i])
	if err != nil {
		panic(err)
	}
	return n
}

// guarded panics, which prints all goroutines, when a batch takes far too long.
func guarded(id string, limit time.Duration, s shape) time.Duration {
	timer := time.AfterFunc(limit, func() {
		stacks := make([]byte, 1<<20)
		os.Stderr.Write(stacks[:runtime.Stack(stacks, true)])
		panic(id + ": no end")
	})
	defer timer.Stop()
	return s.run(s)
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

func operations(s shape) int {
	if s.width == 1_000 { // a value counts once per channel of the chain
		return s.values * (s.width + 1)
	}
	return s.values
}

// value is what a sender sends in its i-th step.
func value(i int) int { return i & 127 }

func sum(senders, count int) int64 {
	rounds, rest := count/128, count%128
	return int64(senders) * int64(rounds*(127*128/2)+rest*(rest-1)/2)
}

func check(senders, count int, actual int64) {
	if expected := sum(senders, count); expected != actual {
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

func crowd(s shape) time.Duration {
	count := s.values / s.width
	ch := make(chan int, s.capacity)
	var total int64
	var c crew
	for i := 0; i < s.width; i++ {
		c.add(func() { atomic.AddInt64(&total, receive(ch, count)) })
		c.add(func() { send(ch, count) })
	}
	elapsed := c.run()
	check(s.width, count, total)
	return elapsed
}

func pingPong(s shape) time.Duration {
	there, back := make(chan int, s.capacity), make(chan int, s.capacity)
	var total int64
	var c crew
	c.add(func() { forward(there, back, s.values) })
	c.add(func() {
		var received int64
		for i := 0; i < s.values; i++ {
			there <- value(i)
			received += int64(<-back)
		}
		total = received
	})
	elapsed := c.run()
	check(1, s.values, total)
	return elapsed
}

func pairs(s shape) time.Duration {
	count := s.values / s.width
	var c crew
	for i := 0; i < s.width; i++ {
		ch := make(chan int, s.capacity)
		c.add(func() { check(1, count, receive(ch, count)) })
		c.add(func() { send(ch, count) })
	}
	return c.run()
}

func chain(s shape) time.Duration {
	first := make(chan int, s.capacity)
	last := first
	var c crew
	for i := 0; i < s.width; i++ {
		in, out := last, make(chan int, s.capacity)
		c.add(func() { forward(in, out, s.values) })
		last = out
	}
	c.add(func() { check(1, s.values, receive(last, s.values)) })
	c.add(func() { send(first, s.values) })
	return c.run()
}

func fill(s shape) time.Duration {
	rounds := s.values / s.capacity
	ch := make(chan int, s.capacity)
	var total int64
	var c crew
	c.add(func() {
		for i := 0; i < rounds; i++ {
			send(ch, s.capacity)
			total += receive(ch, s.capacity)
		}
	})
	elapsed := c.run()
	check(rounds, s.capacity, total)
	return elapsed
}

func selects(s shape) time.Duration {
	count := s.values / s.hot
	channels := make([]chan int, s.width)
	for i := range channels {
		channels[i] = make(chan int, s.capacity)
	}
	receivers := map[int]func([]chan int, int) int64{2: select2, 8: select8, 64: select64}
	var total int64
	var c crew
	c.add(func() { total = receivers[s.width](channels, s.values) })
	for i := 0; i < s.hot; i++ {
		ch := channels[len(channels)-1-i]
		c.add(func() { send(ch, count) })
	}
	elapsed := c.run()
	check(s.hot, count, total)
	return elapsed
}

func send(ch chan<- int, count int) {
	for i := 0; i < count; i++ {
		ch <- value(i)
	}
}

func receive(ch <-chan int, count int) int64 {
	var sum int64
	for i := 0; i < count; i++ {
		sum += int64(<-ch)
	}
	return sum
}

func forward(in <-chan int, out chan<- int, count int) {
	for i := 0; i < count; i++ {
		out <- <-in
	}
}
