// The traffic patterns, as in ThreadContender.java.
package main

import (
	"sync"
	"sync/atomic"
	"time"
)

const settle = 20 * time.Millisecond

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
	check(sum(s.width, count), total)
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
	check(sum(1, s.values), total)
	return elapsed
}

func pairs(s shape) time.Duration {
	count := s.values / s.width
	var c crew
	for i := 0; i < s.width; i++ {
		ch := make(chan int, s.capacity)
		c.add(func() { check(sum(1, count), receive(ch, count)) })
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
	c.add(func() { check(sum(1, s.values), receive(last, s.values)) })
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
	check(sum(rounds, s.capacity), total)
	return elapsed
}

func selects(s shape) time.Duration {
	count := s.values / s.hot
	channels := make([]chan int, s.width)
	for i := range channels {
		channels[i] = make(chan int, s.capacity)
	}
	var total int64
	var c crew
	c.add(func() { total = selectFrom[s.width](channels, s.values) })
	for i := 0; i < s.hot; i++ {
		ch := channels[len(channels)-1-i]
		c.add(func() { send(ch, count) })
	}
	elapsed := c.run()
	check(sum(s.hot, count), total)
	return elapsed
}

// closeWaiters is timed from before the first close until the last waiter has learnt of it.
func closeWaiters(s shape) time.Duration {
	channels := make([]chan int, s.values/s.width)
	var arrived, ended sync.WaitGroup
	arrived.Add(s.values)
	ended.Add(s.values)
	for i := range channels {
		ch := make(chan int, s.capacity)
		channels[i] = ch
		for k := 0; k < s.width; k++ {
			go func() {
				arrived.Done()
				if _, ok := <-ch; ok {
					panic("not closed")
				}
				ended.Done()
			}()
		}
	}
	arrived.Wait()
	time.Sleep(settle)
	start := time.Now()
	for _, ch := range channels {
		close(ch)
	}
	ended.Wait()
	return time.Since(start)
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
