package io.channel4j.docs;

// snippet:program
import io.channel4j.Channel;
import io.channel4j.select.Select;

class Fibonacci { // the Tour of Go's select program
  public static void main(String[] args) throws InterruptedException {
    Channel<Integer> numbers = Channel.make();
    Channel<Void> quit = Channel.make();
    Thread.startVirtualThread(
        () -> {
          numbers.stream().limit(10).forEach(System.out::println);
          quit.close();
        });
    var select = Select.loop();
    var next = select.send(numbers, 0);
    var stop = select.receive(quit);
    for (int x = 0, y = 1; select.await() != stop; y = x + y, x = y - x) {
      next.value(y);
    }
  }
}
// end:program
