# Turning it off and on again.
# misses: answers, same
kubectl rollout restart deployment shop
