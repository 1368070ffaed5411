# Both workers at once: the pods have nowhere to go.
# misses: budget, others
kubectl cordon k8s-node2
kubectl drain k8s-node1 --ignore-daemonsets --force
