package io.channel4j.stress;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** Lincheck's verifier, which also counts, so that a run that checked nothing cannot pass. */
public final class CountingVerifier implements Verifier {
  private static final AtomicLong executions = new AtomicLong();
  private static final Set<ExecutionScenario> scenarios =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private final Verifier verifier;

  /** Lincheck makes one for each scenario. */
  public CountingVerifier(Class<?> specification) {
    verifier = new LinearizabilityVerifier(specification);
  }

  @Override
  public boolean verifyResults(ExecutionScenario scenario, ExecutionResult result) {
    executions.incrementAndGet();
    scenarios.add(scenario);
    return verifier.verifyResults(scenario, result);
  }

  static void reset() {
    executions.set(0);
    scenarios.clear();
  }

  static long executions() {
    return executions.get();
  }

  static int scenarios() {
    return scenarios.size();
  }
}
