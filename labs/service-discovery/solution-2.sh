# Declarative; targetPort may be left out where it equals port.
cat > all.yaml <<EOF
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Pod
metadata: {name: busybox}
spec:
  containers:
    - {name: shell, image: "busyboxplus:latest", stdin: true, tty: true}
EOF
kubectl apply -f all.yaml
dnf -y install bind-utils
