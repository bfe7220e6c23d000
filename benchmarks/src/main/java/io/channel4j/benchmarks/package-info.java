/** channel4j measured side by side with other libraries and with Go. */
package io.channel4j.benchmarks;
