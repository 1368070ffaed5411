# Declarative.
cat > shop.yaml <<EOF
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
  ports:
    - port: 80
EOF
kubectl apply -f shop.yaml
