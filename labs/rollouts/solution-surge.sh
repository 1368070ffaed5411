# Half as many again while it rolls.
kubectl patch deployment shop -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":"50%"}}}}'
kubectl set image deployment/shop '*=myapp:v2'
kubectl rollout status deployment shop
kubectl patch deployment shop -p '{"spec":{"template":{"spec":{"containers":[{"name":"myapp","image":"myapp:v9"}]}}}}'
sleep 10
kubectl rollout undo deployment/shop
kubectl rollout status deployment shop
