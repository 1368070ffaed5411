# Restarting does not help what was configured.
# misses: names, redundant
kubectl -n kube-system rollout restart deployment coredns
kubectl delete pod client
