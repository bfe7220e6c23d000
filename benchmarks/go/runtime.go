// The channel benchmarks of Go's runtime, written anew, as in GoBenchmarks.java.
package main

import (
	"runtime"
	"sync/atomic"
	"time"
)

const callsPerSched = 1000

var sink chan int

// parallel divides the operations among as many goroutines as there are cores; each operation is to
// receive values of that sum.
func parallel(s shape, sumPerOperation int, body func(int) int64) time.Duration {
	procs := runtime.GOMAXPROCS(0)
	var total int64
	var c crew
	for p := 0; p < procs; p++ {
		count := (s.values + p) / procs
		c.add(func() { atomic.AddInt64(&total, body(count)) })
	}
	elapsed := c.run()
	check(int64(s.values)*int64(sumPerOperation), total)
	return elapsed
}

func makeChan(s shape) time.Duration {
	var c crew
	c.add(func() {
		for i := 0; i < s.values; i++ {
			sink = make(chan int, s.capacity)
		}
	})
	return c.run()
}

func chanCreation(s shape) time.Duration {
	return parallel(s, 1, func(count int) int64 {
		var sum int64
		for i := 0; i < count; i++ {
			ch := make(chan int, 1)
			ch <- 1
			sum += int64(<-ch)
		}
		return sum
	})
}

func chanNonblocking(s shape) time.Duration {
	ch := make(chan int)
	return parallel(s, 1, func(count int) int64 {
		var sum int64
		for i := 0; i < count; i++ {
			select {
			case <-ch:
			default:
				sum++
			}
		}
		return sum
	})
}

func chanClosed(s shape) time.Duration {
	ch := make(chan int)
	close(ch)
	return parallel(s, 1, func(count int) int64 {
		var sum int64
		for i := 0; i < count; i++ {
			select {
			case _, ok := <-ch:
				if !ok {
					sum++
				}
			default:
			}
		}
		return sum
	})
}

func receiveDataFromClosedChan(s shape) time.Duration {
	ch := make(chan int, s.values)
	for i := 0; i < s.values; i++ {
		ch <- 1
	}
	close(ch)
	var total int64
	var c crew
	c.add(func() {
		var received int64
		for v := range ch {
			received += int64(v)
		}
		total = received
	})
	elapsed := c.run()
	check(int64(s.values), total)
	return elapsed
}

func chanSem(s shape) time.Duration {
	ch := make(chan int, runtime.GOMAXPROCS(0))
	return parallel(s, 1, func(count int) int64 {
		var sum int64
		for i := 0; i < count; i++ {
			ch <- 1
			sum += int64(<-ch)
		}
		return sum
	})
}

func chanUncontended(s shape) time.Duration {
	return parallel(s, 100, func(count int) int64 {
		return hundreds(make(chan int, s.capacity), count)
	})
}

func chanContended(s shape) time.Duration {
	ch := make(chan int, s.capacity*runtime.GOMAXPROCS(0))
	return parallel(s, 100, func(count int) int64 { return hundreds(ch, count) })
}

func hundreds(ch chan int, count int) int64 {
	var sum int64
	for i := 0; i < count; i++ {
		for k := 0; k < 100; k++ {
			ch <- 1
		}
		for k := 0; k < 100; k++ {
			sum += int64(<-ch)
		}
	}
	return sum
}

func chanSync(s shape) time.Duration {
	count := s.values / 2
	ch := make(chan int)
	var total, worked int64
	var c crew
	for p := 0; p < 2; p++ {
		receivesFirst := p == 0
		c.add(func() {
			var received, x int64
			for i := 0; i < count; i++ {
				if receivesFirst {
					received += int64(<-ch)
					x = work(x, s.work)
					ch <- 1
				} else {
					ch <- 1
					x = work(x, s.work)
					received += int64(<-ch)
				}
				x = work(x, s.work)
			}
			atomic.AddInt64(&total, received)
			atomic.AddInt64(&worked, x)
		})
	}
	elapsed := c.run()
	check(2*int64(count), total)
	return elapsed
}

func calls(s shape) int64 {
	return int64((s.values + callsPerSched - 1) / callsPerSched)
}

func chanProdCons(s shape) time.Duration {
	ch := make(chan int, s.capacity)
	left := calls(s)
	var total, worked int64
	var c crew
	for p := 0; p < runtime.GOMAXPROCS(0); p++ {
		c.add(func() {
			var x int64
			for atomic.AddInt64(&left, -1) >= 0 {
				for g := 0; g < callsPerSched; g++ {
					x = work(x, s.work)
					ch <- 1
				}
			}
			ch <- 0
			atomic.AddInt64(&worked, x)
		})
		c.add(func() {
			var received, x int64
			for <-ch != 0 {
				received++
				x = work(x, s.work)
			}
			atomic.AddInt64(&total, received)
			atomic.AddInt64(&worked, x)
		})
	}
	elapsed := c.run()
	check(calls(s)*callsPerSched, total)
	return elapsed
}

func selectUncontended(s shape) time.Duration {
	return parallel(s, 1, func(count int) int64 {
		first, second := make(chan int, 1), make(chan int, 1)
		first <- 1
		return toAndFro(first, second, count)
	})
}

func selectAsyncContended(s shape) time.Duration {
	procs := runtime.GOMAXPROCS(0)
	first, second := make(chan int, procs), make(chan int, procs)
	return parallel(s, 1, func(count int) int64 {
		first <- 1
		return toAndFro(first, second, count)
	})
}

func toAndFro(first, second chan int, count int) int64 {
	var sum int64
	for i := 0; i < count; i++ {
		select {
		case <-first:
			second <- 1
		case <-second:
			first <- 1
		}
		sum++
	}
	return sum
}

func selectSyncContended(s shape) time.Duration {
	procs := runtime.GOMAXPROCS(0)
	a, b, d := make(chan int), make(chan int), make(chan int)
	done := make(chan int)
	left := int64(procs)
	var c crew
	for p := 0; p < procs; p++ {
		c.add(func() {
			for {
				select {
				case a <- 1:
				case b <- 1:
				case d <- 1:
				case <-done:
					return
				}
			}
		})
		count := (s.values + p) / procs
		c.add(func() {
			for i := 0; i < count; i++ {
				select {
				case <-a:
				case <-b:
				case <-d:
				}
			}
			if atomic.AddInt64(&left, -1) == 0 {
				close(done)
			}
		})
	}
	return c.run()
}

func selectProdCons(s shape) time.Duration {
	ch := make(chan int, s.capacity)
	done := make(chan int)
	left := calls(s)
	var total, worked int64
	var c crew
	for p := 0; p < runtime.GOMAXPROCS(0); p++ {
		c.add(func() {
			timer := time.After(time.Hour)
			var x int64
			for atomic.AddInt64(&left, -1) >= 0 {
				for g := 0; g < callsPerSched; g++ {
					x = work(x, s.work)
					select {
					case ch <- 1:
					case <-timer:
					case <-done:
					}
				}
			}
			ch <- 0
			atomic.AddInt64(&worked, x)
		})
		c.add(func() {
			timer := time.After(time.Hour)
			var received, x int64
			for v := 1; v != 0; {
				select {
				case v = <-ch:
				case <-timer:
				case <-done:
				}
				if v != 0 {
					received++
					x = work(x, s.work)
				}
			}
			atomic.AddInt64(&total, received)
			atomic.AddInt64(&worked, x)
		})
	}
	elapsed := c.run()
	check(calls(s)*callsPerSched, total)
	return elapsed
}

func selectNonblock(s shape) time.Duration {
	first, second := make(chan int), make(chan int)
	third, fourth := make(chan int, 1), make(chan int, 1)
	return parallel(s, 3, func(count int) int64 {
		var tried int64
		for i := 0; i < count; i++ {
			select {
			case <-first:
			default:
				tried++
			}
			select {
			case second <- 1:
			default:
				tried++
			}
			select {
			case <-third:
			default:
				tried++
			}
			select {
			case fourth <- 1: // there is room the first time only
			default:
			}
		}
		return tried
	})
}

func chanPopular(s shape) time.Duration {
	popular := make(chan int)
	own := make([]chan int, s.width)
	var c crew
	for j := range own {
		ch := make(chan int)
		own[j] = ch
		c.add(func() {
			for i := 0; i < s.values; i++ {
				select {
				case <-popular:
				case <-ch:
				}
			}
		})
	}
	c.add(func() {
		for i := 0; i < s.values; i++ {
			for _, ch := range own {
				ch <- 1
			}
		}
	})
	return c.run()
}
