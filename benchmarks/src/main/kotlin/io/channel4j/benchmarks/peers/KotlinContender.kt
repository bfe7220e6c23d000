package io.channel4j.benchmarks.peers

import io.channel4j.benchmarks.Contender
import io.channel4j.benchmarks.Shape
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.LongAdder
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.channels.SendChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select

/**
 * The shapes in Kotlin coroutines. They stand beside ThreadContender's, line by line, because a
 * suspending function cannot be called through an interface of Java's.
 */
class KotlinContender : Contender {
  override fun supports(shape: Shape) = true

  override fun run(shape: Shape): Long =
    when (shape.kind()!!) {
      Shape.Kind.CROWD -> crowd(shape)
      Shape.Kind.PING_PONG -> pingPong(shape)
      Shape.Kind.PAIRS -> pairs(shape)
      Shape.Kind.CHAIN -> chain(shape)
      Shape.Kind.FILL -> fill(shape)
      Shape.Kind.SELECT -> selectLoop(shape)
      Shape.Kind.CLOSE_WAITERS -> closeWaiters(shape)
      else -> KotlinGoBenchmarks(shape).run()
    }

  override fun channel(capacity: Int): Any = Channel<Int>(capacity)

  override fun supports(wait: Contender.Wait) = true

  override fun park(count: Int, wait: Contender.Wait): Any {
    val first = Channel<Int>()
    val second = Channel<Int>()
    val arrived = CountDownLatch(count)
    val scope = CoroutineScope(Dispatchers.Default)
    repeat(count) {
      scope.launch {
        arrived.countDown()
        when (wait) {
          Contender.Wait.BARE -> awaitCancellation()
          Contender.Wait.RECEIVE -> first.receive()
          Contender.Wait.SELECT -> selectAll(arrayOf(first, second), 1)
        }
      }
    }
    arrived.await()
    Thread.sleep(SETTLE_MILLIS)
    return listOf(scope, first, second)
  }

  private fun crowd(shape: Shape): Long {
    val count = shape.valuesPerSender()
    val channel = Channel<Int>(shape.capacity())
    val sum = LongAdder()
    val nanos = timed {
      repeat(shape.width()) {
        launch { sum.add(receiveAll(channel, count)) }
        launch { sendAll(channel, count) }
      }
    }
    shape.check(shape.width().toLong(), count.toLong(), sum.sum())
    return nanos
  }

  private fun pingPong(shape: Shape): Long {
    val count = shape.values()
    val there = Channel<Int>(shape.capacity())
    val back = Channel<Int>(shape.capacity())
    val sum = LongAdder()
    val nanos = timed {
      launch { forward(there, back, count) }
      launch {
        var received = 0L
        for (i in 0 until count) {
          there.send(Shape.value(i))
          received += back.receive()
        }
        sum.add(received)
      }
    }
    shape.check(1, count.toLong(), sum.sum())
    return nanos
  }

  private fun pairs(shape: Shape): Long {
    val count = shape.valuesPerSender()
    val channels = List(shape.width()) { Channel<Int>(shape.capacity()) }
    return timed {
      for (channel in channels) {
        launch { shape.check(1, count.toLong(), receiveAll(channel, count)) }
        launch { sendAll(channel, count) }
      }
    }
  }

  private fun chain(shape: Shape): Long {
    val count = shape.values()
    val channels = List(shape.width() + 1) { Channel<Int>(shape.capacity()) }
    return timed {
      for (i in 0 until shape.width()) {
        launch { forward(channels[i], channels[i + 1], count) }
      }
      launch { shape.check(1, count.toLong(), receiveAll(channels.last(), count)) }
      launch { sendAll(channels.first(), count) }
    }
  }

  private fun fill(shape: Shape): Long {
    val rounds = shape.values() / shape.capacity()
    val channel = Channel<Int>(shape.capacity())
    val sum = LongAdder()
    val nanos = timed {
      launch {
        repeat(rounds) {
          sendAll(channel, shape.capacity())
          sum.add(receiveAll(channel, shape.capacity()))
        }
      }
    }
    shape.check(rounds.toLong(), shape.capacity().toLong(), sum.sum())
    return nanos
  }

  private fun selectLoop(shape: Shape): Long {
    val count = shape.valuesPerSender()
    val channels = Array(shape.width()) { Channel<Int>(shape.capacity()) }
    val sum = LongAdder()
    val nanos = timed {
      launch { sum.add(selectAll(channels, shape.values())) }
      for (i in 1..shape.hot()) {
        val channel = channels[channels.size - i]
        launch { sendAll(channel, count) }
      }
    }
    shape.check(shape.hot().toLong(), count.toLong(), sum.sum())
    return nanos
  }

  /** Timed from before the first close until the last waiter has learnt of it. */
  private fun closeWaiters(shape: Shape): Long {
    val channels = List(shape.values() / shape.width()) { Channel<Int>(shape.capacity()) }
    val arrived = AtomicInteger(shape.values())
    val waiting = AtomicInteger(shape.values())
    val ended = CompletableDeferred<Unit>()
    var nanos = 0L
    runBlocking(Dispatchers.Default) {
      for (channel in channels) {
        repeat(shape.width()) {
          launch {
            arrived.decrementAndGet()
            check(channel.receiveCatching().isClosed)
            if (waiting.decrementAndGet() == 0) {
              ended.complete(Unit)
            }
          }
        }
      }
      do {
        delay(SETTLE_MILLIS)
      } while (arrived.get() > 0)
      val begin = System.nanoTime()
      channels.forEach { it.close() }
      ended.await()
      nanos = System.nanoTime() - begin
    }
    return nanos
  }

  private suspend fun sendAll(channel: SendChannel<Int>, count: Int) {
    for (i in 0 until count) {
      channel.send(Shape.value(i))
    }
  }

  private suspend fun receiveAll(channel: ReceiveChannel<Int>, count: Int): Long {
    var sum = 0L
    for (i in 0 until count) {
      sum += channel.receive()
    }
    return sum
  }

  private suspend fun selectAll(channels: Array<Channel<Int>>, count: Int): Long {
    var sum = 0L
    for (i in 0 until count) {
      sum +=
        select<Int> {
          for (channel in channels) {
            channel.onReceive { it }
          }
        }
    }
    return sum
  }

  private suspend fun forward(source: ReceiveChannel<Int>, target: SendChannel<Int>, count: Int) {
    for (i in 0 until count) {
      target.send(source.receive())
    }
  }

  private companion object {
    const val SETTLE_MILLIS = 20L
  }
}

/** Starts the coroutines from a coroutine and waits until all have ended. */
internal fun timed(start: CoroutineScope.() -> Unit): Long =
  runBlocking(Dispatchers.Default) {
    val begin = System.nanoTime()
    coroutineScope { start() }
    System.nanoTime() - begin
  }
