# Declarative: both Services written anew.
kubectl delete svc shop cart
cat > svc.yaml <<EOF
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  type: ClusterIP
  selector: {app: shop}
  ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: cart}
spec:
  selector: {app: cart}
  ports: [{port: 80, targetPort: 80}]
EOF
kubectl apply -f svc.yaml
