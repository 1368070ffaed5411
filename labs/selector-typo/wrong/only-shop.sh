# The second fault looks the same from outside and was taken for mended.
# misses: cart
kubectl set selector svc shop app=shop
