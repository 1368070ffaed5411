# Half as many again while it rolls, and back by the version that was good.
kubectl patch deployment shop -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":"50%"}}}}'
kubectl set image deployment/shop '*=myapp:v2'
kubectl rollout status deployment shop
kubectl set image deployment/shop myapp=myapp:v9
sleep 10
kubectl set image deployment/shop myapp=myapp:v2
kubectl rollout status deployment shop
