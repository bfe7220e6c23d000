// The twin of FootprintFork.java.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func footprint(parked int) {
	for _, capacity := range []int{0, 1, 16, 100, 1024} {
		fmt.Printf("#bytes channel-cap%d %.1f\n", capacity, channelBytes(capacity))
	}
	first, second := make(chan int), make(chan int)
	waits := []struct {
		name string
		wait func()
	}{
		{"bare", func() { select {} }},
		{"receive", func() { <-first }},
		{"select", func() {
			select {
			case <-first:
			case <-second:
			}
		}},
	}
	for _, w := range waits {
		park(parked, w.wait)
		before := used()
		park(parked, w.wait)
		fmt.Printf("#bytes parked-%s %.1f\n", w.name, float64(used()-before)/float64(parked))
	}
	runtime.KeepAlive(first)
	runtime.KeepAlive(second)
}

func channelBytes(capacity int) float64 {
	const count = 10_000
	channels := make([]chan int, count)
	before := used()
	for i := range channels {
		channels[i] = make(chan int, capacity)
	}
	bytes := used() - before
	runtime.KeepAlive(channels)
	return float64(bytes) / count
}

func park(count int, wait func()) {
	var arrived sync.WaitGroup
	arrived.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			arrived.Done()
			wait()
		}()
	}
	arrived.Wait()
	time.Sleep(settle)
}

// used is the heap and the stacks, after a collection.
func used() int64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc + stats.StackInuse)
}
