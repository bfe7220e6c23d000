module channel4j-bench

go 1.21
