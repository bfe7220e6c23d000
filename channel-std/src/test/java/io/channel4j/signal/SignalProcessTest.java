package io.channel4j.signal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real signals to real processes: who gets them, what the JVM does then, and its exit status. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalProcessTest {

  @ParameterizedTest
  @CsvSource({"HUP,129", "INT,130", "TERM,143"})
  void theJvmsDefaultRunsHooksAndEndsWithTheSignalsStatus(String signal, int status)
      throws Exception {
    try (var p = SignalProcess.start("untouched")) {
      p.says("ready").kill(signal).says("hook").endsWith(status);
    }
  }

  @Test
  void afterNotifyTheProgramEndsItself() throws Exception {
    try (var p = SignalProcess.start("exit7", "INT", "HUP", "USR1", "TERM")) {
      p.says("ready").kill("INT").says("interrupt").kill("HUP").says("hangup");
      p.kill("USR1").says("user defined signal 1").kill("TERM");
      p.says("terminated", "hook").endsWith(7);
    }
  }

  @ParameterizedTest
  @CsvSource({"stop,INT,130", "stop,TERM,143", "reset,INT,130", "reset,TERM,143"})
  void afterStopAndResetTheDefaultIsBack(String how, String signal, int status) throws Exception {
    try (var p = SignalProcess.start(how, signal)) {
      p.says("ready").kill(signal);
      p.says(new Signal(signal).toString(), "default").kill(signal).says("hook").endsWith(status);
    }
  }

  @Test
  void theDefaultOfOtherSignalsRunsNoHooks() throws Exception {
    try (var p = SignalProcess.start("stop", "USR1")) {
      p.says("ready").kill("USR1").says("user defined signal 1", "default");
      p.kill("USR1").endsWith(128 + 10);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void ignoredSignalsHaveNoEffectUntilReset(String signal, int status) throws Exception {
    try (var p = SignalProcess.start("ignore", signal)) {
      p.says("ready").kill(signal).kill(signal).kill("USR1");
      p.says("user defined signal 1 ignored true", "default false");
      p.kill(signal).says("hook").endsWith(status);
    }
  }

  @Test
  void aContextEndsByTheFirstSignalAndTheJvmByTheOneAfterItsClose() throws Exception {
    try (var p = SignalProcess.start("context", "INT", "TERM")) {
      p.says("ready").kill("INT");
      p.says("io.channel4j.signal.SignalReceived: interrupt signal received");
      p.kill("INT").kill("TERM").kill("USR1");
      p.says("still open user defined signal 1", "default");
      p.kill("TERM").says("hook").endsWith(143);
    }
  }

  @Test
  void withXrsTheRefusalSaysSoAndOtherSignalsWork() throws Exception {
    try (var p = SignalProcess.startWith("-Xrs", "refused", "INT", "TERM", "HUP", "USR2")) {
      String why =
          " cannot be caught: the JVM was started with -Xrs, which leaves it to the operating"
              + " system: start it without";
      p.says("SIGINT" + why, "SIGTERM" + why, "SIGHUP" + why, "USR2 taken");
    }
  }

  @Test
  void whatWasIgnoredFromTheStartStaysIgnored() throws Exception {
    try (var p = SignalProcess.startIgnoring("HUP", "inherited", "HUP")) {
      p.says("ignored true", "ignored true").kill("HUP").kill("USR1");
      p.says("user defined signal 1", "hook").endsWith(0);
    }
  }
}
