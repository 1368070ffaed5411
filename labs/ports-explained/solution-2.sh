# Declarative, with a named target port.
cat > all.yaml <<EOF
apiVersion: v1
kind: Service
metadata: {name: mysvc}
spec:
  type: NodePort
  selector: {app: web}
  ports:
    - {port: 8080, nodePort: 30001, targetPort: 80}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec:
  selector: {app: api}
  ports:
    - {port: 80, targetPort: http}
EOF
kubectl apply -f all.yaml
