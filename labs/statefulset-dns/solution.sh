# As in the notes: the Service imperatively, the StatefulSet from YAML.
kubectl create service clusterip web --clusterip="None"
cat > web.yml <<EOF
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replicas: ${n}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: myapp, image: "myapp:v1"}]
EOF
kubectl apply -f web.yml
kubectl rollout status sts web
