# make help lists the commands.  A machine needs make and Python >= 3.11; everything else goes into .venv.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
SHARED ?= $(or $(YUSUAN_SHARED),../shared)
PIP := .venv/bin/python -m pip --disable-pip-version-check
INSTALL := install -qq --require-hashes --no-deps --no-build-isolation

.PHONY: help setup run test lint types unit format damage score weights bench bench-quick bench-load fuzz ocr charts pictures web browser pages lock clean distclean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/  make \1	\2/p' Makefile | expand -t 20

run: setup try-charts  ## 示例问答；.env 有 TELEGRAM_BOT_TOKEN 时运行机器人 (sample answers, or the Telegram bot)
	@if [ -n "$$TELEGRAM_BOT_TOKEN" ] || grep -Eqs '^(export )?TELEGRAM_BOT_TOKEN *= *"?[^"[:space:]#]' .env; \
	then exec .venv/bin/yusuan serve; else exec .venv/bin/yusuan start; fi

test: lint types unit  ## 格式、类型和全部测试 (everything CI runs)

lint: setup  ## ruff
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet . || { echo 'ruff format: run "make format"' >&2; exit 1; }

types: web  ## mypy --strict
	@.venv/bin/mypy

unit: try-charts web  ## pytest; ARGS="-k 教育" narrows it
	@.venv/bin/python -m tests.side_by_side $(ARGS)

format: setup  ## ruff, mending what it can
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

# The tests do the same in small; every run has other spots and moments, and prints the seed that repeats it.
damage: setup  ## 两百次位翻转、五十页清零、两百次 SIGKILL (flipped bits, blank pages, kills; about five minutes)
	@YUSUAN_FLIPS=200 YUSUAN_BLANKS=50 YUSUAN_CRASHES=200 YUSUAN_DAMAGE_SEED=$${YUSUAN_DAMAGE_SEED:-$$$$} \
	  .venv/bin/python -m pytest -s -q tests/test_damage.py tests/test_crash.py

score: setup  ## 用金标问题打分，列出得失，写入 docs/evaluation.md (gold questions, gains and losses)
	@if [ -f "$(SHARED)/eval/score.py" ]; then .venv/bin/python bench/score.py "$(SHARED)" --out docs/evaluation.md && \
	.venv/bin/python -m bench.filing "$(SHARED)/reports" --show 3; \
	else echo "score: $(SHARED)/eval/score.py is not there; nothing to score" >&2; fi

weights: setup  ## 用金标问题重学打分的权重，写入 data/lexicon/weights.toml (cross-validated by report; two minutes)
	@if [ -f "$(SHARED)/eval/score.py" ]; then .venv/bin/python -m bench.weights "$(SHARED)"; \
	else echo "weights: $(SHARED)/eval is not there; nothing to learn from" >&2; fi

bench: peers  ## 测启动、提问、增长到 10 万份报告、与别的做法比较，写入 docs/performance.md (about 25 minutes, 25 GB)
	@.venv/bin/python -m bench --shared "$(SHARED)" --out docs/performance.md $(ARGS)
	@$(MAKE) --no-print-directory bench-load
	@if [ -d "$(SHARED)/reports" ]; then .venv/bin/python -m bench.adopt "$(SHARED)/reports" --out docs/performance.md; fi
	@if [ -d "$(SHARED)/reports" ]; then .venv/bin/python -m bench.slips "$(SHARED)/reports" $(wildcard $(SHARED)/reports_more) \
	  --count 500 --out docs/check.md; fi

bench-quick: peers  ## 同上的小样，三分钟以内，只显示 (the same in small, shown only)
	@.venv/bin/python -m bench --quick --shared "$(SHARED)" $(ARGS)
	@.venv/bin/python -m bench.load --quick $(if $(wildcard $(SHARED)/reports),"$(SHARED)/reports",data/reports)

# tantivy is a peer to be measured, nothing of ours needs it; where there is no wheel of it, it is left out.
.PHONY: peers
peers: setup
	@.venv/bin/python -c 'import tantivy' 2>/dev/null || $(PIP) $(INSTALL) --only-binary :all: -r requirements-bench.lock \
	  || echo 'bench: tantivy cannot be installed here and is left out' >&2

bench-load: setup  ## 测装入速度，写入 docs/performance.md (loading speed, figures only)
	@if [ -d "$(SHARED)/reports" ]; then \
	  .venv/bin/python -m bench.load "$(SHARED)/reports" $(wildcard $(SHARED)/reports_more) --out docs/performance.md; \
	else .venv/bin/python -m bench.load data/reports; fi

fuzz: setup  ## 两万个变了样的问题、两千份弄坏的文件 (mutated questions, damaged files; ARGS="--seed 7 --questions 500")
	@.venv/bin/python -m bench.fuzz $(ARGS)

lock:  ## 重算 requirements.lock (needs uv)
	@command -v uv >/dev/null || { echo 'lock: needs uv (pip install uv)' >&2; exit 1; }
	@uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml
	@printf 'tantivy>=0.27,<0.28\n' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-bench.lock -
	@$(call PICK,ocr) | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --constraint requirements.lock \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-ocr.lock -
	@$(call PICK,charts) | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --constraint requirements.lock --constraint requirements-ocr.lock \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-charts.lock -

	@for extra in web browser; do sed -n "s/^$$extra = \[\(.*\)\]$$/\1/p" pyproject.toml | tr -d '" ' | sed 's/,\([a-z]\)/\n\1/g' \
	  | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --constraint requirements.lock \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements-$$extra.lock -; done

# What an extra of pyproject.toml asks for, a line each.
PICK = sed -n 's/^$(1) = \[\(.*\)\]$$/\1/p' pyproject.toml | tr -d '" ' | sed 's/,\([a-z]\)/\n\1/g'

# Engine and models come inside the packages (about 400 MB): nothing is fetched later, at reading time.
ocr: setup  ## 安装扫描件的文字识别，约 400 MB (text recognition for scanned pages)
	@$(PIP) $(INSTALL) --only-binary :all: -r requirements-ocr.lock
	@.venv/bin/python -c 'from index.read import image_file; image_file.check()'
	@echo '文字识别已装好：扫描的 PDF、OFD 和图片现在可以装入；不想用时设 YUSUAN_OCR=no'

web: setup  ## 安装网页（starlette、uvicorn、jinja2） (the page for those who are not on Telegram)
	@$(PIP) $(INSTALL) -r requirements-web.lock

# The tests of the page want a browser of the system and a font that has Chinese; without them they are skipped.
browser: web  ## 测网页用的无头浏览器：playwright，和系统的 chromium、中文字体 (a headless browser for the tests)
	@$(PIP) $(INSTALL) --only-binary :all: -r requirements-browser.lock
	@command -v chromium >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get -qq update \
	  && apt-get -qq install -y --no-install-recommends chromium fonts-wqy-microhei >/dev/null; } \
	  || echo 'browser: 请用系统的办法装 chromium 和一种中文字体 (install chromium and a CJK font)' >&2

cards: browser  ## 十二张卡片的图，写入 docs/cards (cards as a phone shows them)
	@.venv/bin/python -m docs.make.card_picture

pages: browser  ## 网页的截图，写入 docs/ (screenshots of the page)
	@.venv/bin/python -m bench.pages docs

# Library and font come inside the packages (about 40 MB to fetch).  Loading it once builds its list of fonts.
charts: setup  ## 安装画图（matplotlib 和一种中文字体），约 40 MB (pictures of answers)
	@$(PIP) $(INSTALL) --only-binary :all: -r requirements-charts.lock
	@.venv/bin/python -c 'from bot.charts import drawing; drawing.warm()'
	@cksum < requirements-charts.lock > .venv/.charts

# Everything but pictures works without it.
.PHONY: try-charts
try-charts: setup
	@if [ "$$(cksum < requirements-charts.lock)" != "$$(cat .venv/.charts 2>/dev/null)" ]; then \
	  echo 'setup: installing requirements-charts.lock into .venv'; \
	  $(MAKE) --no-print-directory charts >/dev/null 2>.venv/charts.log \
	  || echo '画图没有装上（其余照常）：原因在 .venv/charts.log，可以用 make charts 再试 (charts: not installed)' >&2; fi

pictures: charts  ## 重画 docs/pictures 里的样图 (the sample pictures of the documents)
	@.venv/bin/python docs/make/pictures.py

clean:  ## 删除缓存和构建产物，不动索引和报告 (caches and builds; the index and the reports stay)
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis data/cache
	@find bot index tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## clean, and .venv too
	@rm -rf .venv

# The stamp holds the checksum of what was installed and the folder it was installed for: scripts in .venv/bin know their
# folder, so a moved or copied tree gets a new environment.
setup:  ## .venv, installed from requirements.lock
	@set -eu; \
	want="$$(cat requirements.lock pyproject.toml | cksum) $(CURDIR)"; \
	have="$$(cat .venv/.stamp 2>/dev/null || true)"; \
	if [ "$$want" = "$$have" ] && [ -x .venv/bin/python ]; then exit 0; fi; \
	case "$$have" in *" $(CURDIR)" | '') moved= ;; *) moved=yes ;; esac; \
	if [ -n "$$moved" ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then $(MAKE) --no-print-directory .venv/bin/python; fi; \
	echo 'setup: installing requirements.lock into .venv'; \
	awk '/^[a-z]/ { keep = /^(pip|setuptools)==/ } keep' requirements.lock > .venv/first.lock; \
	$(PIP) $(INSTALL) -r .venv/first.lock; \
	$(PIP) $(INSTALL) -r requirements.lock; \
	$(PIP) install -qq --no-deps --no-build-isolation --editable .; \
	printf '%s' "$$want" > .venv/.stamp

# Without ensurepip (Debian ships it apart) the pip of that Python, if it has one, fills the new environment.
.PHONY: .venv/bin/python
.venv/bin/python:
	@set -eu; python=; \
	for name in $(PYTHON); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo '需要 Python 3.11 或更高版本；已安装在别处时：make PYTHON=/路径/python3 …' >&2; \
	  echo 'Python >= 3.11 not found; name it with make PYTHON=/path/to/python3 ...' >&2; exit 1; \
	fi; \
	echo "setup: new .venv from $$("$$python" --version)"; \
	if "$$python" -c 'import ensurepip' 2>/dev/null; then "$$python" -m venv --clear .venv; \
	elif "$$python" -m pip --version >/dev/null 2>&1; then \
	  "$$python" -m venv --clear --without-pip .venv; \
	  awk '/^[a-z]/ { keep = /^pip==/ } keep' requirements.lock > .venv/pip.lock; \
	  "$$python" -m pip --python .venv/bin/python install -qq --require-hashes --no-deps -r .venv/pip.lock; \
	else \
	  echo '这个 Python 缺少 venv/ensurepip；Debian、Ubuntu：apt-get install python3-venv' >&2; \
	  echo 'this Python lacks venv/ensurepip; on Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; \
	fi
