# The bad version is left standing.
# misses: version, back
kubectl patch deployment shop -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'
kubectl set image deployment/shop myapp=myapp:v2
kubectl rollout status deployment shop
kubectl set image deployment/shop myapp=myapp:v9
