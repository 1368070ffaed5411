# From YAML.
kubectl apply -f - <<EOF
apiVersion: v1
kind: Pod
metadata: {name: door}
spec:
  nodeName: k8s-node1
  containers:
    - name: myapp
      image: myapp:v1
      ports: [{containerPort: 80, hostPort: 8088}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: twins}
spec:
  replicas: 3
  selector: {matchLabels: {app: twins}}
  template:
    metadata: {labels: {app: twins}}
    spec:
      containers:
        - name: myapp
          image: myapp:v1
          ports: [{containerPort: 80, hostPort: 8090}]
---
apiVersion: v1
kind: Pod
metadata: {name: net}
spec:
  nodeName: k8s-node1
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  containers: [{name: myapp, image: "myapp:v1"}]
EOF
