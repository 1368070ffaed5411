# Two pods, but both on one node.
# misses: workers, inner
kubectl patch svc outer -p '{"spec":{"externalTrafficPolicy":"Local"}}'
kubectl patch svc inner -p '{"spec":{"internalTrafficPolicy":"Local"}}'
kubectl patch deployment web -p '{"spec":{"replicas":2,"template":{"spec":{"nodeName":"k8s-node1"}}}}'
