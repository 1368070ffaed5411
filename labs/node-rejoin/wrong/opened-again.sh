# The old Node object is tidied up: nobody left and nobody joined.
# misses: token, member
kubectl uncordon k8s-node2
kubectl label node k8s-node2 rack-
kubectl rollout restart deployment web
