//! What operations and models have in common: documented fields with wire names and limits.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{
    Attribute, Expr, ExprLit, ExprUnary, GenericArgument, Ident, Lit, LitInt, LitStr, Meta, PathArguments, Token, Type,
    UnOp, punctuated::Punctuated, spanned::Spanned,
};

/// One declared field, its attributes taken apart.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) doc: String,
    pub(crate) wire: String,
    pub(crate) place: Option<Ident>,
    pub(crate) easemob: Option<Ident>,
    pub(crate) limits: TokenStream,
    pub(crate) aliases: Vec<String>,
}

impl Field {
    /// Takes a field apart and leaves on it what serde needs.
    pub(crate) fn parse(field: &mut syn::Field) -> syn::Result<Self> {
        let ident = field.ident.clone().ok_or_else(|| syn::Error::new(field.span(), "expected a named field"))?;
        let bare = ident.to_string().trim_start_matches("r#").to_owned();
        let (mut wire, mut place, mut easemob, mut limits) = (bare.clone(), None, None, quote!(NONE));
        let mut aliases = Vec::new();
        let mut kept = Vec::new();
        for attr in field.attrs.drain(..) {
            let name = attr.path().get_ident().map(Ident::to_string).unwrap_or_default();
            match name.as_str() {
                "wire" => wire = attr.parse_args::<LitStr>()?.value(),
                "alias" => {
                    aliases = attr
                        .parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated)?
                        .iter()
                        .map(LitStr::value)
                        .collect();
                }
                "header" => {
                    if let Meta::List(_) = attr.meta {
                        wire = attr.parse_args::<LitStr>()?.value();
                    }
                    place = Some(format_ident!("Header"));
                }
                "query" | "body" | "file" | "part" | "whole" | "flatten" => place = Some(variant(&name)),
                "easemob" => easemob = Some(variant(&attr.parse_args::<Ident>()?.to_string())),
                // Documented answers leave it out at times.
                "sometimes" => kept.push(syn::parse_quote!(#[serde(default)])),
                "limits" => limits = parse_limits(&attr)?,
                _ => kept.push(attr),
            }
        }
        let docs: Vec<_> = kept.iter().filter(|a| a.path().is_ident("doc")).cloned().collect();
        let doc = doc(&docs);
        if doc.is_empty() {
            return Err(syn::Error::new(ident.span(), format!("`{bare}` needs a doc comment")));
        }
        let place_is = |p: &str| place.as_ref().is_some_and(|x| x == p);
        if place_is("Flatten") {
            kept.push(syn::parse_quote!(#[serde(flatten)]));
        } else if place_is("File") {
            kept.push(syn::parse_quote!(#[serde(skip)]));
        } else {
            if wire != bare {
                kept.push(syn::parse_quote!(#[serde(rename = #wire)]));
            }
            if optional(&field.ty).is_some() {
                kept.push(syn::parse_quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
            }
            if let Some(with) = lenient(&field.ty) {
                kept.push(syn::parse_quote!(#[serde(deserialize_with = #with)]));
            }
        }
        field.attrs = kept;
        Ok(Self { ident, ty: field.ty.clone(), docs, doc, wire, place, easemob, limits, aliases })
    }

    /// The field as constant data. `place` is where an operation sends it; models have but one place.
    pub(crate) fn data(&self, place: &TokenStream) -> TokenStream {
        let Self { wire, doc, limits, aliases, .. } = self;
        let required = optional(&self.ty).is_none();
        let inner = optional(&self.ty).unwrap_or(&self.ty);
        let easemob = self.easemob.as_ref().map_or_else(|| place.clone(), |p| quote!(Place::#p));
        quote! {
            Field {
                name: #wire, shape: &<#inner as Model>::SHAPE, constant: None, required: #required,
                place: #place, easemob: #easemob,
                about: ::agora_chat_admin::shape::about(
                    &::agora_chat_admin::shape::About {
                        doc: host_only(#doc, ""), limits: Limits::#limits, aliases: &[#(#aliases),*],
                    },
                    &::agora_chat_admin::shape::About::NONE,
                ),
            }
        }
    }
}

fn variant(name: &str) -> Ident {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase()).into_iter();
    Ident::new(&first.chain(chars).collect::<String>(), Span::call_site())
}

fn parse_limits(attr: &Attribute) -> syn::Result<TokenStream> {
    let (mut min, mut max, mut default) = (quote!(None), quote!(None), quote!(None));
    attr.parse_nested_meta(|meta| {
        let value: Expr = meta.value()?.parse()?;
        let value = integer(&value)?;
        let slot = if meta.path.is_ident("min") {
            &mut min
        } else if meta.path.is_ident("max") {
            &mut max
        } else if meta.path.is_ident("default") {
            &mut default
        } else {
            return Err(meta.error("expected `min`, `max` or `default`"));
        };
        *slot = quote!(Some(#value));
        Ok(())
    })?;
    Ok(quote!(of(#min, #max, #default)))
}

fn integer(value: &Expr) -> syn::Result<TokenStream> {
    let lit = |e: &Expr| match e {
        Expr::Lit(ExprLit { lit: Lit::Int(i), .. }) => Ok::<LitInt, syn::Error>(i.clone()),
        e => Err(syn::Error::new(e.span(), "expected an integer")),
    };
    match value {
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => lit(expr).map(|i| quote!(-#i)),
        e => lit(e).map(|i| quote!(#i)),
    }
}

/// The text of the doc comments, without the space that follows `///`.
pub(crate) fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter(|a| a.path().is_ident("doc")).filter_map(|a| match &a.meta {
        Meta::NameValue(nv) => match &nv.value {
            Expr::Lit(ExprLit { lit: Lit::Str(s), .. }) => {
                let text = s.value();
                Some(text.strip_prefix(' ').map(str::to_owned).unwrap_or(text))
            }
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// `T` of `Option<T>`.
pub(crate) fn optional(ty: &Type) -> Option<&Type> {
    argument(ty, "Option")
}

/// `T` of `Name<T>`.
pub(crate) fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|s| s.ident == name)?;
    let PathArguments::AngleBracketed(args) = &last.arguments else { return None };
    match args.args.first()? {
        GenericArgument::Type(t) => Some(t),
        _ => None,
    }
}

/// The tolerant decoder for types that the platform prints in more than one way.
fn lenient(ty: &Type) -> Option<&'static str> {
    let is = |ty: &Type, names: &[&str]| match ty {
        Type::Path(p) => p.path.segments.last().is_some_and(|s| names.iter().any(|n| s.ident == n)),
        _ => false,
    };
    let printed = ["u32", "u64", "i32", "i64", "f64", "bool"];
    match optional(ty) {
        Some(inner) if is(inner, &printed) => Some("::agora_chat_admin::shape::lenient::optional_printed"),
        Some(inner) if is(inner, &["BTreeMap"]) => Some("::agora_chat_admin::shape::lenient::optional_map"),
        None if is(ty, &printed) => Some("::agora_chat_admin::shape::lenient::printed"),
        None if is(ty, &["BTreeMap"]) => Some("::agora_chat_admin::shape::lenient::map"),
        None if is(ty, &["Vec"]) => Some("::agora_chat_admin::shape::lenient::list"),
        _ => None,
    }
}

/// Whether a missing member is an empty one: of a list and of a map.
pub(crate) fn may_be_empty(ty: &Type) -> bool {
    argument(ty, "Vec").is_some() || argument(ty, "BTreeMap").is_some()
}
