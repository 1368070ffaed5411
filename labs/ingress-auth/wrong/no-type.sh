# The Secret is named, the kind of authentication is not: the door stays open.
# misses: closed, open, public
dnf install -y httpd-tools
htpasswd -cbm auth lee ${password}
kubectl create secret generic auth-web --from-file=auth
kubectl annotate ingress admin nginx.ingress.kubernetes.io/auth-secret=auth-web
