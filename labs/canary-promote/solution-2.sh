# From YAML; all at once to the new version first, by its weight.
# if: pay-fails
kubectl annotate --overwrite ingress shop-canary nginx.ingress.kubernetes.io/canary-weight=100
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: nginx
  rules:
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop-v2, port: {number: 80}}}}
EOF
# end
# if: shop-fails
kubectl annotate --overwrite ingress pay-canary nginx.ingress.kubernetes.io/canary-weight=100
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: pay
spec:
  ingressClassName: nginx
  rules:
    - host: pay.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: pay-v2, port: {number: 80}}}}
EOF
# end
kubectl delete ingress shop-canary pay-canary
