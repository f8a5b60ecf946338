"""Sends the first test digits to a server that serve.py started, and prints the answers.

example: python tutorials/29_saving_models/ask.py http://127.0.0.1:8501/v1/models/digits
"""

import argparse
import json
import urllib.error
import urllib.request

from tf1graphs import datasets, tutorial


def post(url, request):
    """Returns the answer to a request, both JSON objects."""
    with urllib.request.urlopen(url, json.dumps(request).encode()) as reply:
        return json.load(reply)


def main(arguments=None):
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("url", metavar="URL", help="what serve.py printed")
    tutorial.add_data(options, "a directory with the four MNIST files")
    args = options.parse_args(arguments)
    test = datasets.mnist(args.data, one_hot=False).test
    images, labels = test.images[:10].tolist(), test.labels[:10].tolist()
    examples = [{"pixels": image} for image in images]

    try:
        predictions = post(args.url + ":predict", {"instances": images})["predictions"]
        classes = post(args.url + ":classify", {"signature_name": "classify", "examples": examples})["results"]
        confidence = post(args.url + ":regress", {"signature_name": "confidence", "examples": examples})["results"]
    except urllib.error.HTTPError as error:
        tutorial.fail(f"{args.url}: {error}: {json.load(error)['error']}")
    except OSError as error:
        tutorial.fail(f"{args.url}: {error}")
    print("Labels:    ", labels)
    print("Predict:   ", [prediction["digit"] for prediction in predictions])
    print("Classify:  ", [int(max(scores, key=lambda pair: pair[1])[0]) for scores in classes])
    print("Confidence:", [round(value, 3) for value in confidence])


if __name__ == "__main__":
    tutorial.run(main)
