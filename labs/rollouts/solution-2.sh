# Declarative: the object is written back changed each time.
kubectl get deployment shop -o yaml | sed 's/maxSurge: .*/maxSurge: 1/; s/maxUnavailable: .*/maxUnavailable: 0/; s/myapp:v1/myapp:v9/' | kubectl apply -f -
sleep 10
kubectl get deployment shop -o yaml | sed 's/myapp:v9/myapp:v2/' | kubectl apply -f -
kubectl rollout status deployment shop
