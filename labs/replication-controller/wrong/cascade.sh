# Without --cascade the pods go with their controller.
# misses: orphans, rc, apart
kubectl delete rc old
