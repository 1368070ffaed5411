# The file is called htpasswd, and so is the key: the controller looks for auth, and locks everybody out with 503.
# misses: closed, open, public
dnf install -y httpd-tools
htpasswd -cbm htpasswd lee ${password}
kubectl create secret generic auth-web --from-file=htpasswd
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
