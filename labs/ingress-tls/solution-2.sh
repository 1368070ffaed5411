# A key of another kind with a certificate that has the name as a SAN; the Secret as YAML; the Ingress by a command.
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout a.pem -out b.pem -subj /CN=myapp-tls.lilee.org -addext subjectAltName=DNS:myapp-tls.lilee.org
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Secret
metadata: {name: web-tls}
type: kubernetes.io/tls
data:
  tls.crt: $(base64 -w0 b.pem)
  tls.key: $(base64 -w0 a.pem)

EOF
kubectl create ingress secure --class nginx --rule='myapp-tls.lilee.org/*=myappv1:80,tls=web-tls'
