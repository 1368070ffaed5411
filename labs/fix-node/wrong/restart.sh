# The same pods, made anew, wait as before.
# misses: scheduled, healthy
kubectl delete pod -l app=web --wait=false
