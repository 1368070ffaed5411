# The same template makes the same pods.
# misses: running, same
kubectl rollout restart deployment web
kubectl delete pod -l app=web --wait=false
