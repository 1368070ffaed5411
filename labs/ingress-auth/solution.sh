# htpasswd makes the file; the Ingress from YAML.
dnf install -y httpd-tools
htpasswd -cbm auth lee ${password}
kubectl create secret generic auth-web --from-file=auth
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: admin
  annotations:
    nginx.ingress.kubernetes.io/auth-type: "basic"
    nginx.ingress.kubernetes.io/auth-secret: "auth-web"
spec:
  ingressClassName: nginx
  rules:
    - host: admin.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
EOF
