"""The account's own page, drafts, the second factor's page, and the demo's way in."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from aktsom.core.access.actions import Action
from aktsom.core.access.door import public, requires
from aktsom.core.accounts import demo, drafts
from aktsom.core.accounts.adapters import with_language
from aktsom.core.accounts.factors import confirm_path, has_authenticator
from aktsom.core.accounts.forms import LanguageForm
from aktsom.core.accounts.services import choose_language
from aktsom.core.ui.dates import saved_at

DEMO_SIGN_IN = "Only in the demo: choosing a made-up person is the sign-in."
LANGUAGE = "Everybody must be able to read the page; it keeps a language and nothing else."
NO_SUCH_PAGE = "There is nothing here: accounts come from the school, and addresses from its lists."


@require_GET
@requires(Action.START_SEE)
def account(request: HttpRequest) -> HttpResponse:
    """Show what belongs to the person's own account."""
    form = LanguageForm(initial={"language": request.user.language})  # type: ignore[union-attr]
    return render(request, "accounts/account.html", {"form": form})


@require_POST
@requires(Action.START_SEE)
def language_choose(request: HttpRequest) -> HttpResponse:
    """Choose which language the pages should be in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/account.html", {"form": form}, status=422)
    language = form.cleaned_data["language"]
    choose_language(user=request.user, language=language)  # type: ignore[arg-type]
    return with_language(redirect("accounts:account"), language)


@csrf_exempt  # the choice harms nobody, and a token's cookie would follow those who are not signed in
@require_POST
@public(LANGUAGE)
def language_speak(request: HttpRequest) -> HttpResponse:
    """Go on in another language, on the page where one is. The browser forgets it when it closes, an account remembers."""
    form = LanguageForm(request.POST)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = redirect(wanted if safe else "/")
    if not form.is_valid():
        return answer
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        choose_language(user=request.user, language=language)
    return with_language(answer, language, remember=request.user.is_authenticated)


@public(NO_SUCH_PAGE)
def no_such_page(request: HttpRequest) -> HttpResponse:
    """Close a page of allauth that is not for us: sign-up, and changing the address notices go to."""
    raise Http404


@require_POST
@requires(Action.DRAFT_KEEP)
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed in a form."""
    try:
        at = drafts.keep_draft(
            user=request.user,  # type: ignore[arg-type]
            form_key=request.GET.get("form", ""),
            content={name: request.POST.getlist(name) for name in request.POST},
            page=unquote(request.headers.get("X-Page", "")),
            title=unquote(request.headers.get("X-Page-Title", "")),
        )
    except drafts.DraftRefused:
        return HttpResponse(
            _("Teksten er for lang til å lagres underveis, eller den kommer for ofte."), status=422, content_type="text/plain"
        )
    return HttpResponse(status=204, headers={"X-Saved": saved_at(at).encode("ascii", "ignore").decode()})


@require_GET
@requires(Action.DRAFT_KEEP)
def draft_list(request: HttpRequest) -> HttpResponse:
    """Show what the person has typed and not sent."""
    return render(request, "accounts/draft_list.html", {"drafts": drafts.drafts_of(request.user)})


@require_POST
@requires(Action.DRAFT_KEEP)
def draft_drop(request: HttpRequest) -> HttpResponse:
    """Throw one draft away."""
    drafts.drop(request.user, request.POST.get("form", ""))
    messages.success(request, _("Utkastet er kastet."))
    page = request.POST.get("tilbake", "")
    return redirect(page if drafts.is_own_page(page) else "accounts:draft-list")


@require_GET
@requires(Action.START_SEE)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain why a second factor is needed, and lead to using or making one."""
    back = request.GET.get("next", "/")
    safe = back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()) else "/"
    confirm_url = f"{reverse(confirm_path(request.user))}?{urlencode({'next': safe})}"
    page = {"has_one": has_authenticator(request.user), "confirm_url": confirm_url}
    return render(request, "accounts/second_factor.html", page)


@require_GET
@public(DEMO_SIGN_IN)
def demo_choose(request: HttpRequest) -> HttpResponse:
    """Show the made-up people, by place."""
    if not settings.AKTSOM_DEMO_SIGN_IN:
        raise Http404
    people = demo.demo_people()
    places = [(place, list(rows)) for place, rows in groupby(people, key=lambda person: person.place)]
    return render(request, "accounts/demo_choose.html", {"places": places})


@require_POST
@public(DEMO_SIGN_IN)
def demo_enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the chosen person, with the second factor taken as used."""
    user = demo.demo_user(request.POST.get("username", "")) if settings.AKTSOM_DEMO_SIGN_IN else None
    if user is None:
        raise Http404
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["account_authentication_methods"] = [{"method": "mfa", "type": "demo"}]
    return redirect("/")
