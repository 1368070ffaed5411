# Pods nailed to one node pass the scheduler by, and heal nothing.
# misses: scheduled, healthy
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"nodeName":"k8s-node1"}}}}'
sleep 20
