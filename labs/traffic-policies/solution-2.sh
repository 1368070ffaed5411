# Declarative; a DaemonSet puts one pod on each worker instead of the Deployment.
kubectl delete deployment web
cat > all.yaml <<EOF
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: myapp, image: "myapp:v1"}]
---
apiVersion: v1
kind: Service
metadata: {name: outer}
spec:
  type: NodePort
  externalTrafficPolicy: Local
  selector: {app: web}
  ports: [{port: 80, nodePort: 30080}]
---
apiVersion: v1
kind: Service
metadata: {name: inner}
spec:
  internalTrafficPolicy: Local
  selector: {app: web}
  ports: [{port: 80}]
EOF
kubectl apply -f all.yaml
