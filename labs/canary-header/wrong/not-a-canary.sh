# Without canary: "true" this is a second owner of the same path, and the webhook refuses it.
# misses: header, others, cookie
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop-canary
  annotations:
    nginx.ingress.kubernetes.io/canary-by-header: "version"
    nginx.ingress.kubernetes.io/canary-by-header-value: "${value}"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
EOF
