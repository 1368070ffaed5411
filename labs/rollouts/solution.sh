# As in the text.
kubectl patch deployment shop -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'
kubectl set image deployment/shop myapp=myapp:v2
kubectl rollout status deployment shop
# checkpoint: version
kubectl set image deployment/shop myapp=myapp:v9
kubectl rollout status deployment shop --timeout 20s
kubectl rollout undo deployment shop
kubectl rollout status deployment shop
