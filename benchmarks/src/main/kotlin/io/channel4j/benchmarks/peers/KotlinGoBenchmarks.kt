package io.channel4j.benchmarks.peers

import io.channel4j.benchmarks.Shape
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.LongAdder
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select

/** The benchmarks of Go's runtime in Kotlin coroutines, beside GoBenchmarks line by line. */
internal class KotlinGoBenchmarks(private val shape: Shape) {
  private val procs = Shape.procs()

  fun run(): Long =
    when (shape.kind()!!) {
      Shape.Kind.MAKE_CHAN -> makeChan()
      Shape.Kind.CHAN_CREATION -> chanCreation()
      Shape.Kind.CHAN_NONBLOCKING -> chanNonblocking()
      Shape.Kind.CHAN_CLOSED -> chanClosed()
      Shape.Kind.RECEIVE_DATA_FROM_CLOSED_CHAN -> receiveDataFromClosedChan()
      Shape.Kind.CHAN_SEM -> chanSem()
      Shape.Kind.CHAN_UNCONTENDED -> parallel(100) { hundreds(Channel(shape.capacity()), it) }
      Shape.Kind.CHAN_CONTENDED -> {
        val channel = Channel<Int>(shape.capacity() * procs)
        parallel(100) { hundreds(channel, it) }
      }
      Shape.Kind.CHAN_SYNC -> chanSync()
      Shape.Kind.CHAN_PROD_CONS -> chanProdCons()
      Shape.Kind.SELECT_UNCONTENDED -> selectUncontended()
      Shape.Kind.SELECT_ASYNC_CONTENDED -> selectAsyncContended()
      Shape.Kind.SELECT_SYNC_CONTENDED -> selectSyncContended()
      Shape.Kind.SELECT_PROD_CONS -> selectProdCons()
      Shape.Kind.SELECT_NONBLOCK -> selectNonblock()
      Shape.Kind.CHAN_POPULAR -> chanPopular()
      else -> throw IllegalArgumentException("${shape.id()} is not one of Go's")
    }

  private fun share(thread: Int) = (shape.values() + thread) / procs

  private fun parallel(sumPerOperation: Int, body: suspend (Int) -> Long): Long {
    val sum = LongAdder()
    val nanos = timed {
      for (p in 0 until procs) {
        launch { sum.add(body(share(p))) }
      }
    }
    shape.check(shape.values().toLong() * sumPerOperation, sum.sum())
    return nanos
  }

  private fun makeChan(): Long {
    val last = arrayOfNulls<Any>(1)
    return timed {
      launch {
        for (i in 0 until shape.values()) {
          last[0] = Channel<Int>(shape.capacity())
        }
      }
    }
  }

  private fun chanCreation() =
    parallel(1) { count ->
      var sum = 0L
      for (i in 0 until count) {
        val channel = Channel<Int>(1)
        channel.send(1)
        sum += channel.receive()
      }
      sum
    }

  private fun chanNonblocking(): Long {
    val channel = Channel<Int>()
    return parallel(1) { count ->
      var sum = 0L
      for (i in 0 until count) {
        sum += if (channel.tryReceive().isFailure) 1 else 0
      }
      sum
    }
  }

  private fun chanClosed(): Long {
    val channel = Channel<Int>()
    channel.close()
    return parallel(1) { count ->
      var sum = 0L
      for (i in 0 until count) {
        sum += if (channel.tryReceive().isClosed) 1 else 0
      }
      sum
    }
  }

  private fun receiveDataFromClosedChan(): Long {
    val count = shape.values()
    val channel = Channel<Int>(count)
    runBlocking {
      for (i in 0 until count) {
        channel.send(1)
      }
    }
    channel.close()
    var sum = 0L
    val nanos = timed {
      launch {
        var received = 0L
        for (value in channel) {
          received += value
        }
        sum = received
      }
    }
    shape.check(count.toLong(), sum)
    return nanos
  }

  private fun chanSem(): Long {
    val channel = Channel<Int>(procs)
    return parallel(1) { count ->
      var sum = 0L
      for (i in 0 until count) {
        channel.send(1)
        sum += channel.receive()
      }
      sum
    }
  }

  private suspend fun hundreds(channel: Channel<Int>, count: Int): Long {
    var sum = 0L
    for (i in 0 until count) {
      for (k in 0 until 100) {
        channel.send(1)
      }
      for (k in 0 until 100) {
        sum += channel.receive()
      }
    }
    return sum
  }

  private fun chanSync(): Long {
    val count = shape.values() / 2
    val work = shape.work()
    val channel = Channel<Int>()
    val sum = LongAdder()
    val worked = LongAdder()
    val nanos = timed {
      for (p in 0 until 2) {
        val receivesFirst = p == 0
        launch {
          var received = 0L
          var x = 0L
          for (i in 0 until count) {
            if (receivesFirst) {
              received += channel.receive()
              x = Shape.work(x, work)
              channel.send(1)
            } else {
              channel.send(1)
              x = Shape.work(x, work)
              received += channel.receive()
            }
            x = Shape.work(x, work)
          }
          sum.add(received)
          worked.add(x)
        }
      }
    }
    shape.check(2L * count, sum.sum())
    return nanos
  }

  private fun calls() = (shape.values() + CALLS_PER_SCHED - 1) / CALLS_PER_SCHED

  private fun chanProdCons(): Long {
    val work = shape.work()
    val channel = Channel<Int>(shape.capacity())
    val calls = AtomicInteger(calls())
    val sum = LongAdder()
    val worked = LongAdder()
    val nanos = timed {
      for (p in 0 until procs) {
        launch {
          var x = 0L
          while (calls.decrementAndGet() >= 0) {
            for (g in 0 until CALLS_PER_SCHED) {
              x = Shape.work(x, work)
              channel.send(1)
            }
          }
          channel.send(0)
          worked.add(x)
        }
        launch {
          var received = 0L
          var x = 0L
          while (channel.receive() != 0) {
            received++
            x = Shape.work(x, work)
          }
          sum.add(received)
          worked.add(x)
        }
      }
    }
    shape.check(calls().toLong() * CALLS_PER_SCHED, sum.sum())
    return nanos
  }

  private fun selectUncontended() =
    parallel(1) { count ->
      val first = Channel<Int>(1)
      val second = Channel<Int>(1)
      first.send(1)
      toAndFro(first, second, count)
    }

  private fun selectAsyncContended(): Long {
    val first = Channel<Int>(procs)
    val second = Channel<Int>(procs)
    return parallel(1) { count ->
      first.send(1)
      toAndFro(first, second, count)
    }
  }

  private suspend fun toAndFro(first: Channel<Int>, second: Channel<Int>, count: Int): Long {
    var sum = 0L
    for (i in 0 until count) {
      val chosen =
        select<Int> {
          first.onReceive { 0 }
          second.onReceive { 1 }
        }
      (if (chosen == 0) second else first).send(1)
      sum++
    }
    return sum
  }

  private fun selectSyncContended(): Long {
    val channels = Array(3) { Channel<Int>() }
    val done = Channel<Int>()
    val receivers = CountDownLatch(procs)
    return timed {
      for (p in 0 until procs) {
        launch {
          var chosen = 0
          while (chosen < channels.size) {
            chosen =
              select<Int> {
                for (i in channels.indices) {
                  channels[i].onSend(1) { i }
                }
                done.onReceiveCatching { channels.size }
              }
          }
        }
        val count = share(p)
        launch {
          for (i in 0 until count) {
            select<Int> {
              for (channel in channels) {
                channel.onReceive { it }
              }
            }
          }
          receivers.countDown()
          if (receivers.count == 0L) {
            done.close()
          }
        }
      }
    }
  }

  private fun selectProdCons(): Long {
    val work = shape.work()
    val channel = Channel<Int>(shape.capacity())
    val done = Channel<Int>()
    val calls = AtomicInteger(calls())
    val sum = LongAdder()
    val worked = LongAdder()
    val nanos = timed {
      for (p in 0 until procs) {
        launch {
          val timer = Channel<Int>(1)
          var x = 0L
          while (calls.decrementAndGet() >= 0) {
            for (g in 0 until CALLS_PER_SCHED) {
              x = Shape.work(x, work)
              select<Int> {
                channel.onSend(1) { 0 }
                timer.onReceive { it }
                done.onReceive { it }
              }
            }
          }
          channel.send(0)
          worked.add(x)
        }
        launch {
          val timer = Channel<Int>(1)
          var received = 0L
          var x = 0L
          while (
            select<Int> {
              channel.onReceive { it }
              timer.onReceive { it }
              done.onReceive { it }
            } != 0
          ) {
            received++
            x = Shape.work(x, work)
          }
          sum.add(received)
          worked.add(x)
        }
      }
    }
    shape.check(calls().toLong() * CALLS_PER_SCHED, sum.sum())
    return nanos
  }

  private fun selectNonblock(): Long {
    val first = Channel<Int>()
    val second = Channel<Int>()
    val third = Channel<Int>(1)
    val fourth = Channel<Int>(1)
    return parallel(3) { count ->
      var tried = 0L
      for (i in 0 until count) {
        tried += if (first.tryReceive().isFailure) 1 else 0
        tried += if (second.trySend(1).isFailure) 1 else 0
        tried += if (third.tryReceive().isFailure) 1 else 0
        fourth.trySend(1)
      }
      tried
    }
  }

  private fun chanPopular(): Long {
    val count = shape.values()
    val popular = Channel<Int>()
    val own = List(shape.width()) { Channel<Int>() }
    return timed {
      for (channel in own) {
        launch {
          for (i in 0 until count) {
            select<Int> {
              popular.onReceive { it }
              channel.onReceive { it }
            }
          }
        }
      }
      launch {
        for (i in 0 until count) {
          for (channel in own) {
            channel.send(1)
          }
        }
      }
    }
  }

  private companion object {
    const val CALLS_PER_SCHED = 1_000
  }
}
