# The value as it stands in the object is not the password.
# misses: decoded, volume, environment, secret
kubectl get secret vault -o jsonpath='{.data.PASSWORD}' > /root/password.txt
kubectl set env deployment/web COLOUR=${after}
