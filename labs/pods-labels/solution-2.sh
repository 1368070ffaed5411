# Declarative, with labels of its own choice.
cat > all.yml <<EOF
apiVersion: v1
kind: Service
metadata: {name: testpod}
spec:
  selector: {app: test, state: healthy}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: testpod1, labels: {app: test, state: healthy}}
spec:
  containers: [{name: web, image: "myapp:v1"}]
---
apiVersion: v1
kind: Pod
metadata: {name: testpod2, labels: {app: test, state: healthy}}
spec:
  containers: [{name: web, image: "myapp:v1"}]
EOF
kubectl apply -f all.yml
