@NullMarked
package io.channel4j.go;

import org.jspecify.annotations.NullMarked;
