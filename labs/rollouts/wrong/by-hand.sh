# A ReplicaSet that nobody rolled out stands for the rollout.
# misses: back
kubectl patch deployment shop -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'
kubectl set image deployment/shop myapp=myapp:v2
kubectl rollout status deployment shop
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: tried}
spec:
  replicas: 0
  selector: {matchLabels: {app: tried}}
  template:
    metadata: {labels: {app: tried}}
    spec: {containers: [{name: myapp, image: "myapp:v9"}]}
EOF
