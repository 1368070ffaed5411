# Declarative.
cat > names.yaml <<EOF
apiVersion: v1
kind: Service
metadata: {name: search}
spec:
  type: ExternalName
  externalName: www.baidu.com
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec:
  type: ExternalName
  externalName: orders.shop.svc.cluster.local
EOF
kubectl apply -f names.yaml
